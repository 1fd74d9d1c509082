import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Secret } from '../../src/domain/secrets/secret';
import { tunnelTo } from '../../src/tencentcloud/tunnel';
import { type ConnectProxy, connectProxy } from '../support/connectProxy';
import { listenLocally } from '../support/listenLocally';

let far: Server;
let received: Promise<Buffer>;
let proxy: ConnectProxy;
const never = new AbortController().signal;
const targets = ['dts.example.com:443', '[2400:3200::1]:8443'];

beforeEach(async () => {
  far = createServer();
  received = once(far, 'connection').then(async ([socket]) => {
    const [bytes] = await once(socket, 'data');
    socket.destroy();
    return bytes;
  });
  const port = await listenLocally(far);
  proxy = await connectProxy('ann:pa:ss word', new Map(targets.map((each) => [each, port])));
});
afterEach(async () => {
  await proxy.close();
  far.close();
});

const through = (host: string, port: number, login = 'ann:pa%3Ass%20word@', except = '') =>
  tunnelTo({ host, port }, { url: new Secret(`http://${login}127.0.0.1:${proxy.port}`), except });

it.each([
  ['dts.example.com', 443, 'dts.example.com:443'],
  ['2400:3200::1', 8_443, '[2400:3200::1]:8443'],
])(
  'reaches %s through the proxy, with its login, and begins with TLS',
  async (host, port, target) => {
    const socket = await through(host, port)?.(never);
    socket?.on('error', () => {});
    const hello = await received;
    expect(proxy.targets).toEqual([target]);
    // The first record is a handshake. It names the host, and the only protocol that is spoken.
    expect(hello[0]).toBe(0x16);
    if (port === 443) expect(hello.includes(host)).toBe(true);
    expect(hello.includes('http/1.1')).toBe(true);
    expect(hello.includes('h2')).toBe(false);
    socket?.destroy();
  },
);

it('says that the proxy refused', async () => {
  const refused = /^the proxy responded HTTP 407$/;
  await expect(through('dts.example.com', 443, '')?.(never)).rejects.toThrow(refused);
  await expect(through('dts.example.com', 443, 'bob:x@')?.(never)).rejects.toThrow(refused);
  proxy.refusals.set('dts.example.com:443', 502);
  const bad = /^the proxy responded HTTP 502$/;
  await expect(through('dts.example.com', 443)?.(never)).rejects.toThrow(bad);
});

it('closes the connection after a refusal, even if the proxy keeps it open', async () => {
  let asked = '';
  const keeping = createServer((near) => {
    near.on('error', () => {});
    near.once('data', (bytes) => {
      asked = String(bytes).toLowerCase();
      near.write('HTTP/1.1 407 Refused\r\ncontent-length: 0\r\n\r\n');
    });
  });
  const closed = once(keeping, 'connection').then(([near]) => once(near, 'close'));
  const port = await listenLocally(keeping);
  const by = { url: new Secret(`http://127.0.0.1:${port}`), except: '' };
  await expect(tunnelTo({ host: 'dts.example.com', port: 443 }, by)?.(never)).rejects.toThrow(
    'HTTP 407',
  );
  // A proxy without a login gets none.
  expect(asked).toContain('connect dts.example.com:443');
  expect(asked).not.toContain('proxy-authorization');
  await closed;
  keeping.close();
});

it('says that the proxy is not reached', async () => {
  const connect = through('dts.example.com', 443);
  await proxy.close();
  await expect(connect?.(never)).rejects.toThrow(/^the proxy could not be reached: .*ECONNREFUSED/);
  proxy = await connectProxy('ann:x', new Map());
});

it('is not used without a proxy, or for a host that is reached directly', () => {
  expect(tunnelTo({ host: 'dts.example.com', port: 443 }, undefined)).toBeUndefined();
  expect(through('dts.example.com', 443, '', 'example.com')).toBeUndefined();
  expect(through('dts.example.com', 443, '', 'example.com:8443')).toBeDefined();
});
