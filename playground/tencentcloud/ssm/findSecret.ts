import type { ActionContext } from '../endpoint/action';
import { type Refusal, refusal } from '../endpoint/refusal';
import type { StoredSecret } from './storedSecret';

/** The secret with a name in the request's region, or `code` if there is none. */
export function findSecret(
  { region, holdings }: ActionContext,
  name: string,
  code: string,
): { readonly kind: 'found'; readonly secret: StoredSecret } | Refusal {
  const secret = holdings.secrets.in(region).find((stored) => stored.name === name);
  return secret === undefined
    ? refusal(code, `There is no secret ${name} in ${region}.`)
    : { kind: 'found', secret };
}
