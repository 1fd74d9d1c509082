import type { ServerResponse } from 'node:http';
import type { PlainFault } from './fault';

/** A fault on the connection: all but those that only delay or replace a response. */
export type WireFault = Exclude<PlainFault, { kind: 'slow' | 'code' | 'answer' }>;

const PAGE = '<html><head><title>Gateway</title></head><body><h1>Gateway</h1></body></html>\r\n';

/**
 * Applies `fault` to the connection. `json` is the response that the client would have received.
 */
export function play(fault: WireFault, response: ServerResponse, json: string): void {
  switch (fault.kind) {
    case 'noAnswer':
      return;
    case 'reset':
      response.socket?.destroy();
      return;
    case 'stalledBody':
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(json),
      });
      response.write(json.slice(0, json.length / 2));
      return;
    case 'status':
      response.writeHead(fault.status, { 'Content-Type': 'text/html' });
      response.end(fault.body ?? PAGE);
      return;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(PAGE);
      return;
    case 'empty':
      response.writeHead(200, { 'Content-Length': 0 });
      response.end();
      return;
    case 'noResponse':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end('{"code":0}');
      return;
    case 'redirect':
      response.writeHead(fault.status, { Location: fault.location });
      response.end();
      return;
  }
}
