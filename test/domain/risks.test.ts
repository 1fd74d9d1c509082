import { risksOf } from '../../src/domain/request/risks';
import { aRequest } from '../support/aRequest';

it('lists the most serious risk first, and an unusable target in Tencent Cloud’s words', () => {
  const request = aRequest();
  const { MigrateOption, DstInfo } = request.parameters;
  const target = { name: 'orders', unusable: 'The instance is isolated.' };
  const nameTaken = { kind: 'job', jobId: 'dts-1' } as const;
  const risky = {
    ...request,
    observed: { target, nameTaken, absent: ['source', 'target'] as const },
    parameters: {
      ...request.parameters,
      MigrateOption: { ...MigrateOption, IsOverrideRoot: 1 as const },
      DstInfo: { ...DstInfo, ReadOnly: 1 as const },
    },
  };
  const own = risksOf(request);
  expect(risksOf(risky).slice(0, 6)).toEqual([
    { kind: 'root_overwritten' },
    { kind: 'instance_absent', role: 'source' },
    { kind: 'instance_absent', role: 'target' },
    { kind: 'target_unusable', reason: 'The instance is isolated.' },
    { kind: 'target_read_only' },
    { kind: 'name_taken', by: nameTaken },
  ]);
  const { unusable: _, ...usable } = target;
  expect(risksOf({ ...request, observed: { target: usable } })).toEqual(own);
});
