import type { MigrationParameters, Source } from '../../src/domain/migration/migration';
import { earlierSecretContext, secretContext } from '../../src/domain/secrets/secretContext';
import { targetsOf } from '../../src/domain/secrets/secretTargets';
import { aDraft } from '../support/aForm';

const { parameters } = aDraft();
const everything: Source = {
  ...{ Ip: 'DB.example.com', InstanceId: 'cdb-1', CvmInstanceId: 'ins-1', UniqDcgId: 'dcg-1' },
  ...{ UniqVpnGwId: 'vpngw-1', CcnId: 'ccn-1', RdsInstanceId: 'rm-1' },
};
const receivers = (changes: Partial<MigrationParameters>) => ({
  ...{ ...parameters, SrcInfo: everything },
  ...changes,
});

describe('a password of the source is sent', () => {
  it.each<[MigrationParameters['SrcAccessType'], string, string]>([
    ['extranet', 'db.example.com', ''],
    ['cdb', 'cdb-1', ''],
    ['cvm', 'ins-1/db.example.com', ''],
    ['dcg', 'dcg-1/db.example.com', '/'],
    ['vpncloud', 'vpngw-1/db.example.com', '/'],
    ['ccn', 'ccn-1/db.example.com', '/'],
    ['vpnselfbuild', 'ins-1/db.example.com', '/'],
  ])('over %s to %s', (SrcAccessType, target, withoutAny) => {
    const send = (SrcInfo: Source) => targetsOf(receivers({ SrcAccessType, SrcInfo }), path);
    const path = 'SrcInfo.Password';
    expect(send(everything)).toEqual([target]);
    // Such a target matches no pattern of a secret.
    expect(send({})).toEqual([withoutAny]);
  });

  it('to a machine itself if no address is named', () => {
    const SrcInfo = { CvmInstanceId: 'ins-1' };
    const parametersOf = receivers({ SrcAccessType: 'cvm', SrcInfo });
    expect(targetsOf(parametersOf, 'SrcInfo.Password')).toEqual(['ins-1']);
  });

  it('to all nodes of a cluster', () => {
    const SrcInfoMulti = [{ Ip: '10.0.0.1' }, { Ip: '10.0.0.2', UniqDcgId: 'dcg-1' }];
    const cluster = receivers({ SrcAccessType: 'dcg', SrcInfoMulti });
    expect(targetsOf(cluster, 'SrcInfo.Password')).toEqual(['/10.0.0.1', 'dcg-1/10.0.0.2']);
  });
});

it('other secrets are sent to their own instance', () => {
  expect(targetsOf(receivers({}), 'DstInfo.Password')).toEqual([parameters.DstInfo.InstanceId]);
  expect(targetsOf(receivers({}), 'SrcInfo.AccessKey')).toEqual(['rm-1']);
  expect(targetsOf(receivers({ SrcInfo: {} }), 'SrcInfo.AccessKey')).toEqual(['']);
});

describe('a sealed secret', () => {
  const owner = { origin: 'V7', revisedBy: 'V8', parameters };
  const context = secretContext(owner, 'SrcInfo.Password');
  const withParameters = (changes: Partial<MigrationParameters>) =>
    secretContext({ ...owner, parameters: { ...parameters, ...changes } }, 'SrcInfo.Password');

  it.each<[string, string]>([
    ['request', secretContext({ ...owner, origin: 'V9' }, 'SrcInfo.Password')],
    ['form', secretContext({ ...owner, revisedBy: 'V9' }, 'SrcInfo.Password')],
    ['field', secretContext(owner, 'DstInfo.Password')],
    ['access type', withParameters({ SrcAccessType: 'dcg' })],
    ['engine', withParameters({ SrcDatabaseType: 'percona' })],
    ['source', withParameters({ SrcInfo: { ...parameters.SrcInfo, Port: 3307 } })],
    ['nodes', withParameters({ SrcInfoMulti: [{ Ip: '10.0.0.1' }] })],
    ['type of nodes', withParameters({ SrcNodeType: 'cluster' })],
    ['target', withParameters({ DstInfo: { ...parameters.DstInfo, InstanceId: 'cdb-2' } })],
    ['engine of the target', withParameters({ DstDatabaseType: 'cynosdbmysql' })],
  ])('belongs to its %s', (_, other) => {
    expect(other).not.toBe(context);
  });

  it('does not depend on anything else', () => {
    expect(withParameters({ JobName: 'other', Tags: [] })).toBe(context);
  });

  it('of an earlier version belongs to its request and field', () => {
    expect(earlierSecretContext(owner, 'SrcInfo.Password')).toBe('V7/SrcInfo.Password');
  });
});
