import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../src/config';
import { version } from '../../src/version';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every variable that Ferry reads has a line in `.env.example`. */
const variables = new Set(
  [...read('.env.example').matchAll(/^([A-Z][A-Z_]*)=/gm)].map(([, name]) => name),
);

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('copies what exists and is not ignored, and starts the program that the package starts', () => {
    const kept = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    for (const line of kept) expect(existsSync(join(root, line.slice(1)))).toBe(true);
    const [, copied = ''] = /^COPY (package\.json .*) \.\/$/m.exec(dockerfile) ?? [];
    for (const name of copied.split(' ')) expect(kept).toContain(`!${name}`);
    const { main } = z.object({ main: z.string() }).parse(JSON.parse(read('package.json')));
    const start = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]';
    expect(JSON.parse(start)).toEqual(['tini', '--', 'node', '--max-semi-space-size=4', main]);
    // The compiler's sources that the image needs to build.
    const { include } = z
      .object({ include: z.array(z.string()) })
      .parse(JSON.parse(read('tsconfig.build.json')));
    for (const folder of include) expect(kept).toContain(`!${folder}`);
  });

  it('has the command that runs the other commands', () => {
    const { bin } = z
      .object({ bin: z.object({ ferry: z.string() }) })
      .parse(JSON.parse(read('package.json')));
    expect(dockerfile).toContain(`ln -s /app/${bin.ferry} /usr/local/bin/ferry`);
    expect(dockerfile).toContain(`chmod +x ${bin.ferry}`);
    expect(read('src/main.ts')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('has no instruction that a linter rejects', () => {
    expect(validate(dockerfile)).toEqual([]);
    expect(validate(dockerfile.replace('EXPOSE 3000', 'EXPOSED 3000'))).toHaveLength(1);
  });

  it('runs as a user other than root', () => {
    expect([...dockerfile.matchAll(/^USER (.*)$/gm)].at(-1)?.[1]).toBe('1000:1000');
  });
});

const environment = z.record(z.string(), z.string());

it('compose.yaml starts one process on SQLite, or two on PostgreSQL, with settings that exist', () => {
  const service = z.looseObject({
    profiles: z.array(z.string()),
    environment,
    read_only: z.boolean().optional(),
    deploy: z.object({ replicas: z.number() }).optional(),
  });
  const { services } = z
    .object({ services: z.record(z.string(), service) })
    .parse(parse(read('compose.yaml'), { merge: true }));
  expect(Object.keys(services)).toEqual(['ferry', 'ferry-postgres', 'postgres']);
  expect(services['ferry']?.deploy).toBeUndefined();
  expect(services['ferry-postgres']?.deploy?.replicas).toBe(2);
  for (const name of ['ferry', 'ferry-postgres']) {
    expect(services[name]?.read_only).toBe(true);
    const settings = services[name]?.environment ?? {};
    expect(Object.keys(settings).filter((each) => !variables.has(each))).toEqual([]);
    const config = readConfig(settings);
    const named = config.ok ? [] : JSON.stringify(config.problem);
    expect(named).not.toMatch(/DATABASE_URL|"HOST"|"PORT"/);
  }
});

it('compose.yaml follows the Compose Specification', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-compose-'));
  const lint = (text: string) => {
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, text);
    const program = join(root, 'node_modules/.bin/dclint');
    return spawnSync(process.execPath, [program, '--quiet', file], { encoding: 'utf8' });
  };
  expect(lint(read('compose.yaml')).stdout.trim()).toBe('');
  const wrong = lint(read('compose.yaml').replace('read_only:', 'readonly:'));
  expect(wrong.stdout).toContain('must NOT have additional properties');
  rmSync(folder, { recursive: true });
});

type Values = Readonly<Record<string, unknown>>;

/** The few constructs of Go's templates that the chart uses. Others fail. */
function render(template: string, context: Values): string {
  const lookUp = (path: string): unknown =>
    path
      .slice(1)
      .split('.')
      .reduce<unknown>((value, key) => Reflect.get(Object(value), key), context);
  const isEmpty = (value: unknown): boolean =>
    !value || (typeof value === 'object' && Object.keys(value).length === 0);
  const blocks = template
    .replace(
      /\s*\{\{- if (\.[\w.]+) \}\}((?:(?!\{\{- (?:if|range|end))[\s\S])*)\s*\{\{- end \}\}/g,
      (_, path: string, body: string) => (isEmpty(lookUp(path)) ? '' : body),
    )
    .replace(
      /\s*\{\{- range \$name, \$value := (\.[\w.]+) \}\}([\s\S]*?)\s*\{\{- end \}\}/g,
      (_, path: string, body: string) =>
        Object.entries(Object(lookUp(path)))
          .map(([name, value]) =>
            body
              .replaceAll('{{ $name }}', name)
              .replaceAll('{{ $value | quote }}', JSON.stringify(String(value))),
          )
          .join(''),
    )
    .replace(
      /\s*\{\{- range (\.[\w.]+) \}\}([\s\S]*?)\s*\{\{- end \}\}/g,
      (_, path: string, body: string) =>
        z
          .array(z.unknown())
          .parse(lookUp(path))
          .map((value) => body.replaceAll('{{ . | toJson }}', JSON.stringify(value)))
          .join(''),
    );
  return blocks.replace(/\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const [path = '', filter] = expression.split(' | ');
    if (!/^\.[\w.]+$/.test(path)) throw new Error(`unknown: ${expression}`);
    const value = lookUp(path);
    if (value === undefined) throw new Error(`no value: ${path}`);
    if (filter === undefined) return String(value);
    if (filter === 'quote') return JSON.stringify(String(value));
    if (filter === 'toJson') return JSON.stringify(value);
    if (filter === 'sha256sum') {
      return createHash('sha256').update(String(value)).digest('hex');
    }
    throw new Error(`unknown filter: ${filter}`);
  });
}

describe('the Helm chart', () => {
  const folder = 'deploy/helm/ferry';
  const values = z.record(z.string(), z.unknown()).parse(parse(read(`${folder}/values.yaml`)));
  const manifests = (changes: Values = {}) =>
    parseAllDocuments(
      render(read(`${folder}/templates/ferry.yaml`), {
        Release: { Name: 'ferry' },
        Values: { ...values, ...changes },
      }),
    ).map((document) => {
      expect(document.errors).toEqual([]);
      return z.looseObject({ kind: z.string() }).parse(document.toJS());
    });

  it('has the version of Ferry', () => {
    expect(parse(read(`${folder}/Chart.yaml`))).toMatchObject({ version, appVersion: version });
    expect(values).toMatchObject({ image: { tag: version }, replicas: 2 });
  });

  it.each([
    ['100012345678', true],
    [8_080, true],
    [true, true],
    // Helm would write it as 1.00012345678e+11.
    [100_012_345_678, false],
    [1.5, false],
  ])('takes the setting %j: %s', (value, isTaken) => {
    const schema = z.fromJSONSchema(JSON.parse(read(`${folder}/values.schema.json`)));
    expect(schema.safeParse(values).success).toBe(true);
    const settings = { ...values, settings: { ALLOWED_ACCOUNT_IDS: value } };
    expect(schema.safeParse(settings).success).toBe(isTaken);
  });

  it.each([
    [{ imagePullSecrets: 'registry' }],
    [{ imagePullSecrets: ['registry'] }],
    [{ extraVolumes: [{ configMap: { name: 'ca' } }] }],
    [{ extraVolumeMounts: [{ name: 'ca' }] }],
  ])('rejects %j', (wrong) => {
    const schema = z.fromJSONSchema(JSON.parse(read(`${folder}/values.schema.json`)));
    expect(schema.safeParse({ ...values, ...wrong }).success).toBe(false);
  });

  it('renders each kind once, and leaves out what is not set', () => {
    const kinds = ['ServiceAccount', 'ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget'];
    const all = [...kinds, 'NetworkPolicy', 'ServiceMonitor'];
    // Without the Prometheus Operator, Kubernetes would refuse the last one, and with it the chart.
    expect(manifests().map(({ kind }) => kind)).toEqual(all.slice(0, -1));
    expect(manifests({ serviceMonitor: true }).map(({ kind }) => kind)).toEqual(all);
  });

  it.each([
    ['by default', {}],
    [
      'with every value',
      {
        ...{ settings: { LOG_LEVEL: 'warn' }, policy: 'a: 1', ingressFrom: [{ podSelector: {} }] },
        ...{ imagePullSecrets: [{ name: 'registry' }] },
        extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
        extraVolumeMounts: [{ name: 'ca', mountPath: '/etc/ferry-ca', readOnly: true }],
      },
    ],
    ['without pods that may reach the port', { metricsFrom: [] }],
  ])('renders manifests that Kubernetes accepts %s', (_, changes) => {
    const models = {
      ConfigMap,
      Deployment,
      NetworkPolicy,
      PodDisruptionBudget,
      Service,
      ServiceAccount,
    };
    const known = z.enum([
      'ConfigMap',
      'Deployment',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
    ]);
    const valid = (manifest: { kind: string }): boolean => {
      const model = new models[known.parse(manifest.kind)]();
      Object.assign(model, manifest);
      model.validate();
      return true;
    };
    // The chart's other kind belongs to an operator.
    const builtIn = manifests(changes).filter(({ kind }) => kind !== 'ServiceMonitor');
    expect(builtIn.map(valid)).toEqual(Array(6).fill(true));
    const [deployment] = manifests({ ...changes, replicas: '"two"' }).filter(
      ({ kind }) => kind === 'Deployment',
    );
    expect(() => deployment !== undefined && valid(deployment)).toThrow('replicas');
  });

  const podsOf = (changes: Values): unknown => {
    const deployment = manifests(changes).find(({ kind }) => kind === 'Deployment');
    return Reflect.get(Object(deployment?.['spec']), 'template');
  };

  it('starts pods again when the policy changes, which Ferry only reads at the start', () => {
    expect(podsOf({ policy: 'a: 1' })).toEqual(podsOf({ policy: 'a: 1' }));
    expect(podsOf({ policy: 'a: 1' })).not.toEqual(podsOf({ policy: 'a: 2' }));
  });

  it('mounts extra files into the container, and pulls the image from a private registry', () => {
    const pods = z.object({
      spec: z.object({
        imagePullSecrets: z.unknown().optional(),
        containers: z.tuple([z.object({ volumeMounts: z.array(z.unknown()) })]),
        volumes: z.array(z.unknown()),
      }),
    });
    const specOf = (changes: Values) => pods.parse(podsOf(changes)).spec;
    const volume = { name: 'ca', secret: { secretName: 'ca' } };
    const mount = { name: 'ca', mountPath: '/etc/ferry-ca' };
    const registry = [{ name: 'registry' }];
    const changed = { extraVolumes: [volume], extraVolumeMounts: [mount] };
    const [before, after] = [specOf({}), specOf({ ...changed, imagePullSecrets: registry })];
    expect(after.volumes).toEqual([...before.volumes, volume]);
    expect(after.containers[0].volumeMounts).toEqual([...before.containers[0].volumeMounts, mount]);
    expect([before, after].map(({ imagePullSecrets }) => imagePullSecrets)).toEqual([
      undefined,
      registry,
    ]);
  });

  it('never runs two versions at a time by default', () => {
    const [deployment] = manifests().filter(({ kind }) => kind === 'Deployment');
    expect(deployment?.['spec']).toMatchObject({ strategy: { type: 'Recreate' } });
  });

  it.each([
    [[{ podSelector: {} }], [{ namespaceSelector: {} }], 2],
    [[{ podSelector: {} }], [], 1],
    [[], [{ namespaceSelector: {} }], 1],
    [[], [], 0],
  ])('lets only the pods reach its port that %j and %j name', (metricsFrom, ingressFrom, rules) => {
    const policy = manifests({ metricsFrom, ingressFrom }).find(
      ({ kind }) => kind === 'NetworkPolicy',
    );
    const { ingress } = z
      .object({ ingress: z.array(z.object({ from: z.array(z.unknown()) })).nullable() })
      .parse(policy?.['spec']);
    // A rule without pods would let every pod in.
    expect((ingress ?? []).map(({ from }) => from.length)).toEqual(Array(rules).fill(1));
    expect(policy?.['spec']).toMatchObject({ policyTypes: ['Ingress'] });
  });

  it('annotates the service account, so that TKE gives its pods a role', () => {
    const account = (changes: Values) =>
      manifests(changes).find(({ kind }) => kind === 'ServiceAccount')?.['metadata'];
    expect(account({})).toEqual({ name: 'ferry' });
    const annotations = { 'tke.cloud.tencent.com/role-arn': 'qcs::cam::uin/1:roleName/ferry' };
    expect(account({ serviceAccount: { annotations } })).toEqual({ name: 'ferry', annotations });
  });

  it('passes settings and the policy to a container that cannot write', () => {
    const deployment = manifests({
      settings: { TENCENTCLOUD_REGION: 'ap-shanghai' },
      policy: 'approvers: [S1]\n',
    }).find(({ kind }) => kind === 'Deployment');
    const text = JSON.stringify(deployment);
    expect(text).toContain('{"name":"TENCENTCLOUD_REGION","value":"ap-shanghai"}');
    expect(text).toContain('{"name":"POLICY_FILE","value":"/etc/ferry/policy.yml"}');
    expect(text).toContain('"readOnlyRootFilesystem":true');
    for (const path of ['/healthz', '/readyz']) expect(text).toContain(`"path":"${path}"`);
    const names = [...text.matchAll(/"name":"([A-Z_]+)"/g)].map(([, name]) => name);
    expect(names.filter((name) => !variables.has(name))).toEqual([]);
  });
});

it.each(['operating.md', 'operating.zh-CN.md'])(
  'docs/%s restores in containers with names that the files have',
  (page) => {
    const text = read(`docs/${page}`);
    const { services } = z
      .object({ services: z.record(z.string(), z.looseObject({ profiles: z.array(z.string()) })) })
      .parse(parse(read('compose.yaml'), { merge: true }));
    const composed = [
      ...text.matchAll(
        /^docker compose --profile (\w+) (?:stop|exec -T|run --rm(?: --entrypoint sh)?) ([\w-]+)/gm,
      ),
    ];
    expect(composed).toHaveLength(8);
    for (const [, profile = '', service = ''] of composed) {
      expect(services[service]?.profiles).toContain(profile);
    }
    const { secretName } = z
      .object({ secretName: z.string() })
      .parse(parse(read('deploy/helm/ferry/values.yaml')));
    const [, overrides = ''] = /--overrides='(.*?)'/.exec(text) ?? [];
    expect(JSON.parse(overrides)).toEqual({
      spec: {
        containers: [{ name: 'ferry-once', envFrom: [{ secretRef: { name: secretName } }] }],
      },
    });
  },
);

const hasSystemd = spawnSync('systemd-analyze', ['--version']).error === undefined;
(hasSystemd ? it : it.skip)('systemd accepts the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-unit-'));
  // Only the place of node differs between machines.
  const unit = read('deploy/systemd/ferry.service').replace('/usr/bin/node', process.execPath);
  writeFileSync(join(folder, 'ferry.service'), unit);
  const { status, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', join(folder, 'ferry.service')],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  rmSync(folder, { recursive: true });
});
