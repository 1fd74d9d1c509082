import type { LaunchProblem } from '../request/launchOutcome';
import type { ResourceList } from './resource';

/** A secret that may be chosen: `reference` as the form holds it. */
export interface SecretChoice {
  reference: string;
  name: string;
  version: string | undefined;
  /** Why its value cannot be read, in the state's own word. */
  unusable: string | undefined;
}

/** The answer takes longer than somebody who types can wait. */
interface Loading {
  kind: 'loading';
}

/** What a field of the form can be picked from. */
export type Suggestions =
  | { kind: 'resources'; answer: ResourceList | Loading }
  /** A region has to be chosen before. */
  | { kind: 'region_missing' }
  | {
      kind: 'secrets';
      environment: readonly SecretChoice[];
      ssm:
        | { kind: 'found'; choices: readonly SecretChoice[] }
        | { kind: 'failed'; problem: LaunchProblem }
        | Loading;
    };
