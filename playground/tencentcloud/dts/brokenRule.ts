import { missing } from '../endpoint/parseParameters';
import type { Refusal } from '../endpoint/refusal';
import { beijingTimeMs } from './beijingTime';
import { brokenDatabaseInfo } from './brokenDatabaseInfo';
import { brokenExternParams } from './brokenExternParams';
import { brokenSource } from './brokenSource';
import { conflict } from './conflict';
import type { CreateMigrateJobRequest } from './createMigrateJobRequest';

/** What the rules depend on in addition to the request. */
export interface RuleContext {
  /** The endpoint's clock, in ms. */
  readonly nowMs: number;
  /** The request's region (`X-TC-Region`). */
  readonly region: string;
  /** Whether the target must be in that region, as version 2021-12-06 requires. */
  readonly dstRegion: 'any' | 'sameAsRequest';
}

/**
 * The first rule between parameters that a request breaks. MissingParameter: another value makes
 * the parameter required. InvalidParameterValue.DataConvertError: text isn't the required JSON.
 * InvalidParameterValue.BizInvalidParameterValueError: all others.
 *
 * Source: field comments of dts v20180330 and the API page. The documentation of version 2021-12-06
 * says which source fields an access type needs, that redis only migrates with increments, and that
 * ExpectTime is Beijing time. That ExpectTime must be in the future is an assumption.
 */
export function brokenRule(
  request: CreateMigrateJobRequest,
  context: RuleContext,
): Refusal | undefined {
  return (
    brokenSource(request) ??
    brokenSchedule(request, context.nowMs) ??
    brokenDatabaseInfo(request) ??
    brokenConsistency(request) ??
    brokenExternParams(request) ??
    brokenChoice(request, context)
  );
}

function brokenSchedule(request: CreateMigrateJobRequest, nowMs: number): Refusal | undefined {
  const { RunMode, ExpectTime } = request.MigrateOption;
  if (RunMode === 1) return undefined;
  const name = 'MigrateOption.ExpectTime';
  if (ExpectTime === undefined || ExpectTime === '') return missing(name);
  const ms = beijingTimeMs(ExpectTime);
  if (ms === undefined) return conflict(name, 'it must be a time, yyyy-mm-dd hh:mm:ss');
  return ms > nowMs ? undefined : conflict(name, 'it must lie in the future (UTC+8)');
}

function brokenConsistency(request: CreateMigrateJobRequest): Refusal | undefined {
  const { ConsistencyType, ConsistencyParams } = request.MigrateOption;
  const name = 'MigrateOption.ConsistencyParams';
  if (ConsistencyType === 3) return ConsistencyParams === undefined ? missing(name) : undefined;
  return ConsistencyParams === undefined
    ? undefined
    : conflict(name, 'it belongs to ConsistencyType 3');
}

function brokenChoice(
  request: CreateMigrateJobRequest,
  { region, dstRegion }: RuleContext,
): Refusal | undefined {
  const { MigrateObject, MigrateType, IsOverrideRoot } = request.MigrateOption;
  if (IsOverrideRoot === 1 && (MigrateObject === 2 || MigrateType === 1)) {
    return conflict(
      'MigrateOption.IsOverrideRoot',
      'root is overwritten only when the whole instance with its data is migrated',
    );
  }
  if (request.SrcDatabaseType === 'redis' && (MigrateType === 1 || MigrateType === 2)) {
    return conflict('MigrateOption.MigrateType', 'redis is migrated with increments (3) only');
  }
  if (request.DstInfo.ReadOnly !== undefined) {
    if (request.DstDatabaseType !== 'mysql' || MigrateObject === 2) {
      return conflict('DstInfo.ReadOnly', 'it belongs to whole instances of mysql');
    }
  }
  if (dstRegion === 'sameAsRequest' && request.DstInfo.Region !== region) {
    return conflict('DstInfo.Region', `it must be the region of the request, ${region}`);
  }
  return undefined;
}
