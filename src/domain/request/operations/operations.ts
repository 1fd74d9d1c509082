import type { JobApi } from '../../job/job';
import { changeJobActions, changeJobRules } from './changeJob';
import { createJobActions, createJobRules } from './createJob';
import { modifyJobRules } from './modifyJob';
import type { Operation, OperationName, OperationNamed } from './operation';
import type { CamActions, DecisionRules } from './rules';
import { skipCheckRules } from './skipCheck';

/** The rules of each operation, and its CAM actions. */
const operations: {
  readonly [Name in OperationName]: {
    rules(operation: OperationNamed[Name]): DecisionRules;
    cam: CamActions;
  };
} = {
  create_job: { rules: createJobRules, cam: createJobActions },
  check_job: { rules: changeJobRules, cam: changeJobActions.check_job },
  start_job: { rules: changeJobRules, cam: changeJobActions.start_job },
  modify_job: { rules: modifyJobRules, cam: changeJobActions.modify_job },
  skip_check: { rules: skipCheckRules, cam: changeJobActions.skip_check },
  pause_job: { rules: changeJobRules, cam: changeJobActions.pause_job },
  continue_job: { rules: changeJobRules, cam: changeJobActions.continue_job },
  resume_job: { rules: changeJobRules, cam: changeJobActions.resume_job },
  complete_job: { rules: changeJobRules, cam: changeJobActions.complete_job },
  stop_job: { rules: changeJobRules, cam: changeJobActions.stop_job },
  delete_job: { rules: changeJobRules, cam: changeJobActions.delete_job },
};

const rulesNamed = <Name extends OperationName>(
  name: Name,
  operation: OperationNamed[Name],
): DecisionRules => operations[name].rules(operation);

export const decisionRulesOf = (operation: Operation): DecisionRules =>
  rulesNamed(operation.name, operation);

/** @param api the version of the API that knows the job */
export function camActionsOf(name: OperationName, api?: JobApi): CamActions {
  const { cam } = operations[name];
  const call = api === '2021-12-06' ? newNames[name] : undefined;
  return call === undefined ? cam : { ...cam, call };
}

/** The actions that version 2021-12-06 names differently. */
const newNames: Partial<Record<OperationName, string>> = {
  delete_job: 'dts:IsolateMigrateJob',
  modify_job: 'dts:ModifyMigrationJob',
};
