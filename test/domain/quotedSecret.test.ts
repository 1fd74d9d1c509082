import { hideQuoted } from '../../src/domain/secrets/quotedSecret';

const password = 's3cr,t;"x\'/:@&)Ä';
const plain = 's3cr3t-Example';

it.each([
  `connect to mongodb://root:${plain}@14.17.22.36:27017/admin failed`,
  `connect to mongodb://root:${plain}`,
  `mongodb://:${plain}@host`,
  `dial mongodb%3A%2F%2Froot%3A${plain}%40host`,
  `mongodb%253A%252F%252Froot%253A${plain}%2540host`,
  `{"uri":"mongodb:\\/\\/root:${plain}@host"}`,
  `Access Key: ${plain}`,
  `dsn root:${plain}@tcp(10.0.0.1:3306)/shop`,
  `(root:${plain}@10.0.0.1)`,
  `sqlplus system/${plain}@ORCL`,
  `password=${plain}`,
  `host=10.0.0.1 password = ${plain} dbname=shop`,
  `host=10.0.0.1&password=${plain}&user=root`,
  `Pwd=${plain};Uid=sa`,
  `MYSQL_PWD=${plain} mysqldump`,
  `{"User":"root","Password":"${plain}"}`,
  `{"User":"root", "Password" : "${plain}", "Port": 3306}`,
  `{\\"Password\\":\\"${plain}\\"}`,
  `{\\\\\\"Password\\\\\\":\\\\\\"${plain}\\\\\\"}`,
  `%7B%22Password%22%3A%22${plain}%22%7D`,
  `{&quot;Password&quot;:&quot;${plain}&quot;}`,
  `{'Password': '${plain}'}`,
  `SrcInfo.Password: ${plain}`,
  `{Password:${plain} Port:3306}`,
  `"Password"=>"${plain}"`,
  `AccessKey=${plain}`,
  `密码：${plain}`,
  `口令=${plain}`,
  `Bad password '${plain}'`,
  `ALTER USER root PASSWORD '${plain}'`,
  `SET PASSWORD = PASSWORD('${plain}')`,
  `CREATE USER 'a'@'%' IDENTIFIED BY '${plain}' near line 1`,
  `IDENTIFIED WITH mysql_native_password BY "${plain}"`,
  `identified by ${plain}`,
  `mysqldump -h 10.0.0.1 -p${plain} --all-databases`,
  `mysqldump -p'${plain}'`,
  `mongodump -u root -p ${plain}`,
  `bcp shop -P ${plain}`,
  `mongodump --password ${plain}`,
  `mongodump --password="${plain}"`,
  `redis-cli -h 10.0.0.1 -a ${plain} ping`,
  `requirepass ${plain}`,
  `AUTH ${plain}`,
  `AUTH default ${plain}`,
  `"AUTH" "${plain}"`,
  // A value whose end was cut off.
  `IDENTIFIED BY '${plain} and more`,
])('hides the password in %s', (text) => {
  const hidden = hideQuoted(text);
  expect(hidden).toContain('[secret]');
  expect(hidden).not.toContain('s3cr');
  expect(hidden).not.toContain('Example');
});

it.each([
  `mongodb://root:${password}@host:27017/admin failed`,
  `root:${password}@tcp(10.0.0.1:3306)/shop`,
  `password=${password} dbname=shop`,
  `-p${password} --all-databases`,
])('hides all of a password with punctuation in %s', (text) => {
  expect(hideQuoted(text)).not.toMatch(/s3cr|[;&Ä]/);
});

it.each([`{"Password":"two words","User":"root"}`, `IDENTIFIED BY 'two words' FOR UPDATE`])(
  'hides a quoted password with a space in %s',
  (text) => {
    expect(hideQuoted(text)).not.toMatch(/two|words/);
  },
);

it('keeps what is around a password', () => {
  expect(
    hideQuoted(`connect to mongodb://root:${plain}@14.17.22.36:27017/admin failed: not authorized`),
  ).toBe('connect to mongodb://root:[secret]@14.17.22.36:27017/admin failed: not authorized');
  expect(hideQuoted(`GRANT ALL ON *.* TO 'a'@'%' IDENTIFIED BY '${plain}' WITH GRANT OPTION`)).toBe(
    `GRANT ALL ON *.* TO 'a'@'%' IDENTIFIED BY [secret] WITH GRANT OPTION`,
  );
});

it.each([
  "Error 1045 (28000): Access denied for user 'root'@'10.0.0.1' (using password: YES)",
  "Access denied for user 'root'@'10.0.0.1' (using password: NO)",
  'FATAL: password authentication failed for user "root"',
  'The password is wrong or has expired.',
  'WRONGPASS invalid username-password pair or user is disabled.',
  'NOAUTH Authentication required.',
  'ERR Client sent AUTH, but no password is set',
  'dial tcp 10.0.0.1:3306: connect: connection refused',
  'see https://cloud.tencent.com:443/document/product/571?from=10.0.0.1:80',
  'connect to http://10.0.0.1:8080/ failed',
  'connect to mongodb://host:27017, mongodb://other:27018',
  'at 2026-01-05 08:12:44, GTID 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5',
  'wait_timeout=3600, binlog_format: ROW, passed: 3 of 4',
  'mysql -h 10.0.0.1 -P 3306 failed',
  '源数据库连接失败，请检查账号密码是否正确',
])('keeps %s', (text) => {
  expect(hideQuoted(text)).toBe(text);
});

it('reads a long text at once', () => {
  for (const part of ['a:', 'password', "'", '://a:', '-p', '\\', '%25', 'AUTH ', 'a@', 'a/']) {
    const begun = performance.now();
    hideQuoted(part.repeat(1_000 / part.length));
    expect(performance.now() - begun).toBeLessThan(1_000);
  }
});
