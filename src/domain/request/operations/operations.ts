import { createJobActions, createJobRules } from './createJob';
import type { Operation, OperationName, OperationNamed } from './operation';
import type { CamActions, DecisionRules } from './rules';

/** The rules of each operation, and its CAM actions. */
const operations: {
  readonly [Name in OperationName]: {
    rules(operation: OperationNamed[Name]): DecisionRules;
    cam: CamActions;
  };
} = {
  create_job: { rules: createJobRules, cam: createJobActions },
};

const rulesNamed = <Name extends OperationName>(
  name: Name,
  operation: OperationNamed[Name],
): DecisionRules => operations[name].rules(operation);

export const decisionRulesOf = (operation: Operation): DecisionRules =>
  rulesNamed(operation.name, operation);

export const camActionsOf = (name: OperationName): CamActions => operations[name].cam;
