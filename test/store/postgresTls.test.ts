import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startFromEnvironment } from '../../src/startFromEnvironment';
import { migratedPostgresDatabase } from '../support/postgres';
import { connect } from '../support/postgresServer';
import { startTestFerry } from '../support/startTestFerry';

/**
 * Configures TLS on the test run's server, with a certificate for `localhost`. Returns the
 * certificate's path.
 */
async function serverWithTls(url: string): Promise<string> {
  const client = await connect(url);
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  const folder = rows[0]?.data_directory ?? '';
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  const { uid, gid } = statSync(folder);
  for (const file of [key, certificate]) chownSync(file, uid, gid);
  chmodSync(key, 0o600);
  await client.query(`alter system set ssl_cert_file = '${certificate}'`);
  await client.query(`alter system set ssl_key_file = '${key}'`);
  await client.query('alter system set ssl = on');
  await client.query('select pg_reload_conf()');
  await client.end();
  return certificate;
}

it('uses TLS if the URL says so, and checks the certificate', async () => {
  const plain = await migratedPostgresDatabase();
  const certificate = await serverWithTls(plain);
  const url = (host: string, query: string) =>
    `${plain.replace('127.0.0.1', host)}?${query}&sslrootcert=${certificate}`;
  const test = await startTestFerry({ DATABASE_URL: url('localhost', 'sslmode=verify-full') });
  await test.request();
  const client = await connect(plain);
  const { rows } = await client.query<{ ssl: boolean }>(
    `select ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where application_name = 'ferry' and datname = current_database()`,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ ssl }) => ssl)).toBe(true);
  await client.end();
  await test.stop();

  // The certificate only names localhost and isn't trusted.
  for (const wrong of [
    url('127.0.0.1', 'sslmode=verify-full'),
    `${plain.replace('127.0.0.1', 'localhost')}?sslmode=verify-full`,
  ]) {
    const beginning = startFromEnvironment({
      SLACK_BOT_TOKEN: 'xoxb-0',
      SLACK_APP_TOKEN: 'xapp-0',
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
      APPROVAL_CHANNEL: 'C0000000001',
      APPROVERS: 'channel',
      TENCENTCLOUD_SECRET_ID: 'id',
      TENCENTCLOUD_SECRET_KEY: 'key',
      TENCENTCLOUD_REGION: 'ap-shanghai',
      SEAL_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: wrong,
    });
    const started = beginning.ok ? await beginning.starting : beginning;
    expect('words' in started && started.words).toMatch(/database PostgreSQL \(.*certificate/);
  }
});
