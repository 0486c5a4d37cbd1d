import * as v from 'valibot';
import type { ServerRef } from '../../core/refs.ts';
import type { PowerAction } from '../../core/server.ts';
import type { SettingsField, SettingsValues } from '../../core/serverSettings.ts';
import type { StatusTone } from '../../core/statusTone.ts';
import { typedText } from '../../core/typedText.ts';
import type { UsageSample } from '../../core/usage.ts';

// Messages between the details panel and its page. The panel sends whole states, so that a page that was hidden, reloaded or
// restored needs the current one only. The page sends what the person did.

const copyableFacts = ['ipAddress', 'ipv6Address', 'hostname', 'id', 'location'] as const;
/** The page names the value to copy; the host looks it up. */
export type CopyableFact = (typeof copyableFacts)[number];

/** One line of the overview. */
export interface Fact {
  readonly label: string;
  /** Formatted; undefined if unknown. */
  readonly value: string | undefined;
  readonly copy?: CopyableFact | undefined;
}

export type MeterName = 'cpu' | 'memory' | 'disk' | 'bandwidth';

/** One resource's usage. `used` and `total` are in `unit`; undefined if the API did not send them. */
export interface MeterState {
  readonly name: MeterName;
  /** Accessible name: "CPU", "Memory", "Disk", "Bandwidth". */
  readonly label: string;
  readonly used: number | undefined;
  readonly total: number | undefined;
  readonly unit: '%' | 'MiB' | 'GB';
  /** The server is not running and uses none of it. */
  readonly isOff?: boolean;
  /** The samples of the last minutes, taken while the panel was visible; oldest first. */
  readonly samples: readonly UsageSample[];
}

/** Messages by field. */
export type SettingsErrors = Readonly<Partial<Record<SettingsField, string>>>;

export type DetailsTone = StatusTone | 'deleted';

export interface DetailsState {
  readonly accountLabel: string;
  readonly isSample: boolean;
  /** Why nothing can be done with the server: it was deleted, or its account was signed out. Disables everything. */
  readonly gone: string | undefined;
  /** Why the server cannot be changed, although it exists; undefined where it is not protected. */
  readonly protection: string | undefined;
  /** A warning, for example that the data is old. */
  readonly notice: string | undefined;
  /** Whether VPS.org rejected the token of the account. */
  readonly isRejected: boolean;
  /** Whether a question about saving is open. */
  readonly isAsking: boolean;
  readonly name: string;
  readonly status: string;
  readonly tone: DetailsTone;
  readonly facts: readonly Fact[];
  /** Which buttons are enabled. */
  readonly actions: Readonly<Record<PowerAction | 'openTerminal' | 'delete' | 'save', boolean>>;
  readonly meters: readonly MeterState[];
  /** The server's current settings. */
  readonly settings: SettingsValues;
  /** Whether the account has a web panel to open. */
  readonly canOpenWeb: boolean;
}

export type DetailsToWebview =
  | {
      readonly type: 'state';
      /** Persisted by the page, so that the panel can be restored after a window reload. */
      readonly ref: ServerRef;
      /** The next server that is previewed replaces this one. Persisted in the same way. */
      readonly isPreview: boolean;
      /** Unsaved changes from before the tab was closed. The page prefers its own persisted ones. */
      readonly draft: DetailsDraft | undefined;
      /** The person discarded the changes outside the page. It resets the form and posts `edited` without a draft. */
      readonly isDiscarding: boolean;
      readonly state: DetailsState;
    }
  | { readonly type: 'copied'; readonly fact: CopyableFact }
  /**
   * The result of "Save Changes". Each `save` gets one of these two, after the `state` that contains the result. No message
   * and no errors: the person cancelled.
   */
  | { readonly type: 'saved' }
  | {
      readonly type: 'notSaved';
      readonly message: string | undefined;
      readonly errors: SettingsErrors;
    };

/** Properties that are undefined are lost on the way from the page; the transformation restores them. */
const settingsSchema = v.pipe(
  v.object({ name: typedText, hostname: typedText, backupsEnabled: v.optional(v.boolean()) }),
  v.transform(({ name, hostname, backupsEnabled }): SettingsValues => ({
    name,
    hostname,
    backupsEnabled,
  })),
);

const draftSchema = v.object({ values: settingsSchema, basis: settingsSchema });

/** Unsaved changes in "Settings". `basis` contains the server's settings when editing started. */
export type DetailsDraft = Readonly<v.InferOutput<typeof draftSchema>>;

/** Unsaved changes, stored by the host. Anything else is dropped. */
export const storedDraftSchema = v.fallback(v.optional(draftSchema), undefined);

/** Messages from the page. */
export const detailsMessageSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('power'), action: v.picklist(['start', 'stop', 'reboot']) }),
  v.object({ type: v.literal('delete') }),
  v.object({ type: v.literal('protect') }),
  v.object({ type: v.literal('unprotect') }),
  v.object({ type: v.literal('openWeb') }),
  v.object({ type: v.literal('signIn') }),
  /** The unsaved changes; none after they were saved or discarded. */
  v.object({ type: v.literal('edited'), draft: v.optional(draftSchema) }),
  v.object({ type: v.literal('openTerminal') }),
  v.object({ type: v.literal('copy'), fact: v.picklist(copyableFacts) }),
  /** `basis` contains the settings when editing started. The host asks before it overwrites what changed since. */
  v.object({
    type: v.literal('save'),
    values: v.object({ name: typedText, hostname: typedText, backupsEnabled: v.boolean() }),
    basis: settingsSchema,
  }),
]);
export type DetailsFromWebview = v.InferOutput<typeof detailsMessageSchema>;

const id = v.pipe(v.string(), v.nonEmpty());
const refSchema = v.object({ accountId: id, serverId: id });

/**
 * State that the page persists with `setState` and VS Code passes to the panel's serializer after a window reload. It comes
 * from outside, so both sides check it. An invalid draft is dropped.
 */
export const persistedDetailsSchema = v.object({
  ref: refSchema,
  isPreview: v.fallback(v.optional(v.boolean(), false), false),
  draft: storedDraftSchema,
});
export type PersistedDetailsState = v.InferOutput<typeof persistedDetailsSchema>;
