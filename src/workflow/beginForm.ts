import { targetsSoFar } from '../domain/form/form';
import { type Resource, resourceQuery } from '../domain/form/resource';
import {
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  resourceOf,
  withPresets,
} from '../domain/migration/fields';
import { parseNodes } from '../domain/migration/nodes';
import { secretPaths } from '../domain/secrets/secretReference';
import { within } from '../domain/time/within';
import type { Log } from '../ports/log';
import type { RequestStore } from '../ports/requestStore';
import { onlySecret, type SuggestContext } from './suggest';

export interface BeginContext extends SuggestContext {
  log: Log;
  store: Pick<RequestStore, 'latest'>;
}

/** A form that a person opens. */
export interface Beginning {
  values: FormValues;
  offer: FormOffer;
  userId: string;
  /** The channels to which the request may be posted. */
  channels: readonly string[];
}

/**
 * The initial values of a form, and the account's resources that they refer to, as far as they are
 * known.
 */
export interface Begun {
  values: FormValues;
  found: Readonly<Partial<Record<FieldPath, Resource>>>;
}

/** Slack must get the form within three seconds of the click. In ms. */
const patienceMs = 400;

/**
 * Adds Ferry's suggestions: the regions of the person's last request, unless a preset names something
 * in a region, and the only secret that they may use. Looks up the names of resources. Lookups that
 * take longer than 400 ms are left out.
 */
export async function beginForm(context: BeginContext, beginning: Beginning): Promise<Begun> {
  const { userId } = beginning;
  const [regions, secrets] = await Promise.all([
    inTime(context, userId, lastRegions(context, beginning)),
    inTime(context, userId, onlySecrets(context, beginning)),
  ]);
  const values = { ...regions, ...secrets, ...beginning.values };
  return { values, found: await findResources(context, { ...beginning, values }) };
}

/** The resources that a form's values refer to. */
export async function findResources(
  context: BeginContext,
  form: Omit<Beginning, 'channels'>,
): Promise<Begun['found']> {
  return (await inTime(context, form.userId, resourcesIn(context, form))) ?? {};
}

async function inTime<T>(
  { clock, log }: BeginContext,
  userId: string,
  work: Promise<T>,
): Promise<T | undefined> {
  try {
    return await within(clock, work, patienceMs);
  } catch (error) {
    log.warn('a part of a form could not be filled in', { user: userId, error });
    return undefined;
  }
}

async function resourcesIn(
  { region, resources }: BeginContext,
  { offer, values }: Pick<Beginning, 'values' | 'offer'>,
): Promise<Begun['found']> {
  const held = withPresets(values, offer);
  const found: Partial<Record<FieldPath, Resource>> = {};
  await Promise.all(
    askedFields(held, offer).map(async ({ path, input }) => {
      const id = held[path];
      if (input.kind !== 'lookup' || input.resource.kind === 'secret' || id === undefined) return;
      const query = resourceQuery(input.resource, held, region);
      const listed = query === 'region_missing' ? undefined : await resources.lookUp(query);
      const resource =
        listed?.kind === 'found' ? listed.resources.find((each) => each.id === id) : undefined;
      if (resource !== undefined) found[path] = resource;
    }),
  );
  return found;
}

async function lastRegions(
  { store }: BeginContext,
  { userId, values }: Beginning,
): Promise<FormValues> {
  const [last] = await store.latest({ channels: [], userId }, 0, 1);
  if (last === undefined) return {};
  const found: FormValues = {};
  for (const end of ['SrcInfo', 'DstInfo'] as const) {
    const { Region } = last.parameters[end];
    if (Region !== undefined && !namesResource(values, end)) found[`${end}.Region`] = Region;
  }
  return found;
}

/** True if the values name something that is in a certain region, which may not be the last one. */
function namesResource(values: FormValues, end: 'SrcInfo' | 'DstInfo'): boolean {
  const nodes = parseNodes(end === 'SrcInfo' ? (values.SrcInfoMulti ?? '') : '', 'cvm');
  if (nodes.ok && nodes.nodes.some(({ CvmInstanceId }) => CvmInstanceId !== undefined)) return true;
  return fieldPaths.some((path) => {
    const kind = resourceOf(path)?.kind ?? 'secret';
    const isRegional = kind !== 'secret' && kind !== 'region';
    return isRegional && path.startsWith(`${end}.`) && (values[path] ?? '') !== '';
  });
}

async function onlySecrets(
  context: BeginContext,
  { channels, offer, userId, values }: Beginning,
): Promise<FormValues> {
  const found: FormValues = {};
  const required = askedFields(values, offer).filter(({ need }) => need === 'required');
  for (const path of secretPaths) {
    const origin = `${path}.Source` as const;
    if (values[origin] !== undefined || !required.some((field) => field.path === origin)) continue;
    const use = { channels, requester: userId, targets: targetsSoFar(values, path) };
    const only = await onlySecret(context, use);
    if (only !== undefined) found[origin] = only.reference;
  }
  return found;
}
