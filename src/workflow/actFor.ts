import { refusalFacts } from '../domain/request/refusal';
import { type ActContext, type ActResult, act, type PersonAction } from './act';
import { admit } from './admit';
import { findFor } from './viewing';

/** Like `act`, but people who may not see the request get the same answer as if it didn't exist. */
export async function actFor(context: ActContext, action: PersonAction): Promise<ActResult> {
  const result = await act(context, action);
  if (result.ok || refusalFacts[result.refusal.code].about !== 'request') return result;
  const admission = await admit(context, action.userId);
  if (!admission.ok) return admission;
  const found = await findFor(context, admission.viewer, action.requestId);
  return found.ok ? result : found;
}
