import { dependsOnChannel } from '../src/domain/policy/rules';
import type { AnnouncementStore } from '../src/ports/announcementStore';
import type { MessageSettings } from '../src/ports/messageSettings';
import { actFor, checkFor } from '../src/workflow/actFor';
import { admit } from '../src/workflow/admit';
import { beginForm, findResources } from '../src/workflow/beginForm';
import { cardsOf } from '../src/workflow/cardsOf';
import type { Homes } from '../src/workflow/homes';
import type { LookUps } from '../src/workflow/lookUps';
import { jobsFor, overview } from '../src/workflow/overview';
import { concernsOfDraft, type SubmitContext, submit } from '../src/workflow/submit';
import { suggest } from '../src/workflow/suggest';
import { findShown } from '../src/workflow/viewing';
import { unwatch, type WatchContext, watch } from '../src/workflow/watch';
import type { SharedContext } from './index';

export interface SharedParts
  extends SubmitContext,
    WatchContext,
    Pick<
      SharedContext,
      'messagesFor' | 'presets' | 'readAttachment' | 'region' | 'site' | 'workspaceUrl'
    > {
  announcements: Pick<AnnouncementStore, 'find'>;
  service: SubmitContext['service'] & WatchContext['service'];
  /** The names of secrets in the environment, without the prefix. */
  environmentSecrets: readonly string[];
  homes: Pick<Homes, 'show'>;
  lookUps: LookUps;
  messageSettings: Pick<MessageSettings, 'setMuted'>;
  /** True if passwords can be typed, because there is a key to seal them. */
  sealsPasswords: boolean;
}

/** Requests of each kind in the reply to `/migrate list`. */
const listed = 5;
/** Jobs in the reply to `/migrate jobs`, so that a table stays within Slack's limits. */
const jobsListed = 15;

/** Binds the functions of handlers to the workflow. */
export function createSharedContext(parts: SharedParts): SharedContext {
  const { announcements, clock, environmentSecrets, homes, lookUps, messageSettings } = parts;
  const { log, messagesFor, policy, presets, readAttachment, region, site, store, workspaceUrl } =
    parts;
  const { directory, secretRules } = parts;
  const suggesting = { clock, directory, region, secretRules, environmentSecrets, ...lookUps };
  const beginningForms = { ...suggesting, log, store };
  return {
    clock,
    log,
    messagesFor,
    policy,
    presets,
    readAttachment,
    region,
    site,
    workspaceUrl,
    offer: () => ({
      typed: parts.sealsPasswords,
      stored: parts.secretRules().length > 0,
      asksChannel: dependsOnChannel(policy()),
    }),
    admit: (userId) => admit(parts, userId),
    find: (viewer, id, shown) => findShown(parts, viewer, id, shown),
    events: (id) => store.events(id, 0),
    overview: (viewer) => overview(parts, viewer, 0, listed),
    jobs: (viewer, page) => jobsFor(parts, viewer, page, jobsListed),
    cardsOf: (ids) => cardsOf(announcements, ids),
    watch: (command) => watch(parts, command),
    unwatch: (command) => unwatch(parts, command),
    showHome: (userId, page, filter) => homes.show(userId, page, filter),
    suggest: (query) => suggest(suggesting, query),
    begin: (beginning) => beginForm(beginningForms, beginning),
    findResources: (form) => findResources(beginningForms, form),
    concerns: (draft, seen) => concernsOfDraft(draft, seen, clock.now()),
    submit: (submission) => submit(parts, submission),
    setMuted: (userId, muted, delivery) =>
      messageSettings.setMuted(userId, muted, { delivery, at: clock.now() }),
    act: (action) => actFor(parts, action),
    refusalBefore: (check) => checkFor(parts, check),
  };
}
