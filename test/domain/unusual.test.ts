import type { DestinationEngine, SourceEngine } from '../../src/domain/migration/engines';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import { oddities } from '../../src/domain/migration/unusual';
import { risksOf } from '../../src/domain/request/risks';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';

const { parameters } = aDraft();
const option = (changes: Partial<MigrationParameters['MigrateOption']>) => ({
  MigrateOption: { ...parameters.MigrateOption, ...changes },
});

describe('a warning about parameters that DTS may refuse', () => {
  const at = new Date('2026-05-04T10:00:00Z');
  const typed = { 'SrcInfo.Password': { kind: 'typed' } } as const;
  const oddIn = (
    changes: Partial<MigrationParameters>,
    secrets: Parameters<typeof oddities>[1] = typed,
  ) => oddities({ ...parameters, ...changes }, secrets, at);

  it('does not exist for the usual ones', () => {
    expect(oddIn({})).toEqual([]);
  });

  it.each([1, 2, 3] as const)('says that redis needs changes too: type %i', (MigrateType) => {
    const redis = { SrcDatabaseType: 'redis', DstDatabaseType: 'redis' } as const;
    const warning = { code: 'redis_needs_changes' };
    const odd = oddIn({ ...redis, ...option({ MigrateType }) });
    expect(odd.some(({ code }) => code === warning.code)).toBe(MigrateType !== 3);
    expect(oddIn(option({ MigrateType }))).toEqual([]);
  });

  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('says that the time of the start has passed: %i ms from now, %s', (ms, isOdd) => {
    const timed = option({ RunMode: 2, ExpectTime: new Date(at.getTime() + ms) });
    expect(oddIn(timed)).toEqual(isOdd ? [{ code: 'time_has_passed' }] : []);
  });

  it.each([
    ['14.17.22.36', false],
    ['db.example.com', false],
    ['2400:3200::1', true],
  ])('says that the source has an IPv6 address: %s, %s', (Ip, isOdd) => {
    const at = (path: 'SrcInfo.Ip' | 'SrcInfoMulti') =>
      isOdd ? [{ code: 'ipv6_source', path }] : [];
    const { SrcInfo } = parameters;
    expect(oddIn({ SrcInfo: { ...SrcInfo, Ip } })).toEqual(at('SrcInfo.Ip'));
    expect(oddIn({ SrcInfoMulti: [{ ...SrcInfo, Ip }] })).toEqual(at('SrcInfoMulti'));
  });

  it('says that the source is the target', () => {
    const { SrcInfo } = parameters;
    const from = (InstanceId: string) =>
      oddIn({ SrcAccessType: 'cdb', SrcInfo: { ...SrcInfo, InstanceId } });
    expect(from(parameters.DstInfo.InstanceId)).toEqual([{ code: 'same_instance' }]);
    expect(from('cdb-powiqx8q')).toEqual([]);
  });

  it.each<[SourceEngine, DestinationEngine, boolean]>([
    ['mysql', 'cynosdbmysql', false],
    ['percona', 'mariadb', false],
    ['postgresql', 'postgresql', false],
    ['mysql', 'redis', true],
    ['postgresql', 'mysql', true],
    ['redis', 'mongodb', true],
    ['sqlserver', 'cynosdbmysql', true],
  ])('says that DTS does not migrate %s to %s: %s', (SrcDatabaseType, DstDatabaseType, isOdd) => {
    const odd = oddIn({ SrcDatabaseType, DstDatabaseType });
    expect(odd.some(({ code }) => code === 'other_engine')).toBe(isOdd);
  });

  it('names each field that another version of the API requires', () => {
    const { Ip, Port, Region } = parameters.SrcInfo;
    const vpn = { SrcAccessType: 'vpncloud', SrcInfo: { Ip, Port, Region, UniqVpnGwId: 'v' } };
    const left = oddIn(JSON.parse(JSON.stringify(vpn)), {}).flatMap((odd) =>
      odd.code === 'field_left_out' ? [odd.path] : [],
    );
    expect(left).toEqual(expect.arrayContaining(['SrcInfo.VpcId', 'SrcInfo.SubnetId']));
    expect(left).not.toContain('SrcInfo.Ip');
  });

  it('comes before those about later fields of the form', () => {
    const Ip = '2400:3200::1';
    const { SrcInfo } = parameters;
    const left = oddIn(
      {
        ...{ SrcAccessType: 'vpncloud', SrcInfo: { ...SrcInfo, Ip }, SrcInfoMulti: [{ Ip }] },
        SrcDatabaseType: 'redis',
        ...option({ MigrateType: 1, RunMode: 2, ExpectTime: at }),
      },
      {},
    );
    expect([...new Set(left.map(({ code }) => code))]).toEqual([
      ...['other_engine', 'ipv6_source', 'field_left_out'],
      ...['redis_needs_changes', 'time_has_passed'],
    ]);
  });

  it('is a risk for approvers, after doubts about the list of databases', () => {
    const request = aRequest({ askedAt: at });
    const timed = option({ RunMode: 2, ExpectTime: at });
    const DatabaseInfo = [{ database: 'shop' }, { database: 'Shop' }];
    const risks = risksOf({
      ...request,
      parameters: { ...request.parameters, ...timed, DatabaseInfo },
    });
    expect(risks).toEqual([
      { kind: 'list', doubt: expect.objectContaining({ code: 'differs_in_case' }) },
      { kind: 'odd', oddity: { code: 'time_has_passed' } },
    ]);
  });
});
