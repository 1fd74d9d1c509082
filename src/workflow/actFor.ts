import { type Refusal, refusalFacts } from '../domain/request/refusal';
import {
  type ActContext,
  type ActResult,
  act,
  checkBefore,
  type PersonAction,
  type PersonCheck,
} from './act';
import { admit } from './admit';
import { findFor } from './viewing';

/** Like `act`, but people who may not see the request get the same answer as if it didn't exist. */
export async function actFor(context: ActContext, action: PersonAction): Promise<ActResult> {
  const result = await act(context, action);
  const hidden = result.ok ? undefined : await hiddenRefusal(context, action, result.refusal);
  return hidden === undefined ? result : { ok: false, refusal: hidden };
}

/** Like `checkBefore`, with the same exception. */
export async function checkFor(
  context: ActContext,
  check: PersonCheck,
): Promise<Refusal | undefined> {
  const refusal = await checkBefore(context, check);
  return refusal && ((await hiddenRefusal(context, check, refusal)) ?? refusal);
}

/** The refusal that replaces one about a request that the person may not see. */
async function hiddenRefusal(
  context: ActContext,
  { requestId, userId }: Pick<PersonAction, 'requestId' | 'userId'>,
  { code }: Refusal,
): Promise<Refusal | undefined> {
  if (refusalFacts[code].about !== 'request') return undefined;
  const admission = await admit(context, userId);
  if (!admission.ok) return admission.refusal;
  const found = await findFor(context, admission.viewer, requestId);
  return found.ok ? undefined : found.refusal;
}
