import type { ServerRef } from '../core/refs.ts';
import type { PowerAction } from '../core/server.ts';
import type { Texts, UnitTextKey, ValidationTextKey } from './texts.ts';

// Messages between the details panel and its webview. The host sends whole states: a webview that was hidden, reloaded or
// restored needs the newest one and nothing else. What comes from the webview is checked by schema in the host.

/** How a fact can be copied; the host looks the value up, the webview only names it. */
export type CopyableFact = 'ipAddress' | 'ipv6Address' | 'hostname' | 'id' | 'location';

export interface Fact {
  readonly label: string;
  /** Ready to be shown; undefined where it is not known. */
  readonly value: string | undefined;
  readonly copy?: CopyableFact | undefined;
}

export type StatusTone = 'running' | 'stopped' | 'suspended' | 'busy' | 'unknown';

export type MeterName = 'cpu' | 'memory' | 'disk' | 'bandwidth';

/** One look at a server's usage. `used` and `total` are in `unit`; undefined where the API did not tell. */
export interface MeterState {
  readonly name: MeterName;
  /** Accessible name: "CPU", "Memory", "Disk", "Bandwidth". */
  readonly label: string;
  readonly used: number | undefined;
  readonly total: number | undefined;
  readonly unit: '%' | 'MiB' | 'GB';
  /** Used parts of the total, 0 to 1, one for each sample taken while the panel was visible; the oldest first. */
  readonly samples: readonly number[];
}

export interface DetailsState {
  readonly accountLabel: string;
  readonly isSample: boolean;
  /** The server does not exist any more, or its account was signed out: everything is disabled, and this says why. */
  readonly gone: string | undefined;
  /** What a person must know: shown as old, or not reachable. */
  readonly notice: string | undefined;
  readonly name: string;
  readonly status: string;
  readonly tone: StatusTone;
  readonly facts: readonly Fact[];
  /** Which buttons are enabled, by the table in product.md section 5. */
  readonly actions: Readonly<Record<PowerAction | 'delete' | 'save', boolean>>;
  readonly meters: readonly MeterState[];
  /** What the form edits, as VPS.org has it now. `backupsEnabled` undefined: not known yet, the form waits. */
  readonly settings: SettingsValues;
}

export interface SettingsValues {
  readonly name: string;
  readonly hostname: string;
  readonly backupsEnabled: boolean | undefined;
}

export type SettingsField = keyof SettingsValues;

/** Every text of the details webview, translated by the host. `{0}` and so on are filled in by the webview. */
export type DetailsTextKey =
  | 'sample'
  | 'loading'
  | 'account' // before the account's label, for screen readers: "Account"
  | 'status' // before the status, for screen readers: "Status"
  | 'factsHeading'
  | 'usageHeading'
  | 'settingsHeading'
  | 'powerHeading'
  | 'start'
  | 'stop'
  | 'reboot'
  | 'delete'
  | 'copyFact' // "Copy {0}"
  | 'copied' // "{0} copied"
  | 'notKnown'
  | 'usageUnknown' // "Not known"
  | 'usageFigures' // "{0} of {1}": the total comes with its unit
  | 'usageUsed' // "{0} used", where the total is not known
  | 'usagePercent' // "{0} %"
  | 'usageHigh'
  | 'usageVeryHigh'
  | 'usageChart' // "{0}, the last {1} samples: lowest {2} %, highest {3} %, now {4} %"
  | 'usageStopped'
  | 'name'
  | 'hostname'
  | 'backups'
  | 'save'
  | 'saving'
  | 'saved'
  | 'revert'
  | 'changedElsewhere' // "This server was changed elsewhere since you began to edit."
  | UnitTextKey
  | ValidationTextKey;

/** What a person typed into "Settings" and did not save yet. */
export interface DetailsDraft {
  readonly values: SettingsValues;
  /** What VPS.org had when the person began to edit. */
  readonly basis: SettingsValues;
}

/**
 * What the webview keeps with `setState`: what VS Code hands to the panel's serializer after a window reload. It comes from
 * outside, so both sides read it with care.
 */
export interface KeptDetails {
  readonly ref: ServerRef;
  readonly draft: DetailsDraft | undefined;
}

export type DetailsToWebview =
  | {
      readonly type: 'state';
      /** Which server the panel shows; kept by the webview for the panel's return after a window reload. */
      readonly ref: ServerRef;
      readonly texts: Texts<DetailsTextKey>;
      readonly state: DetailsState;
    }
  | { readonly type: 'copied'; readonly fact: CopyableFact }
  /**
   * How "Save Changes" ended: each `save` is answered by one of these, after the `state` that shows the outcome. `errors`
   * by field; `message` for what belongs to no field; neither when the person called it off.
   */
  | { readonly type: 'saved' }
  | {
      readonly type: 'notSaved';
      readonly message: string | undefined;
      readonly errors: Readonly<Partial<Record<SettingsField, string>>>;
    };

export type DetailsFromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'power'; readonly action: PowerAction }
  | { readonly type: 'delete' }
  | { readonly type: 'copy'; readonly fact: CopyableFact }
  /** `basis` is what VPS.org had when the person began to edit: the host asks before overwriting where it differs by now. */
  | {
      readonly type: 'save';
      readonly values: { readonly name: string; readonly hostname: string; readonly backupsEnabled: boolean };
      readonly basis: SettingsValues;
    };
