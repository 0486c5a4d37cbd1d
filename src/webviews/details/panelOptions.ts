import type { MarksReader } from '../../core/serverMarks.ts';
import type { ChangedServers } from '../../state/changedServers.ts';
import type { PlanCatalog } from '../../state/planCatalog.ts';
import type { ServerActions } from '../../state/serverActions.ts';
import type { SshProfiles } from '../../state/sshProfiles.ts';
import type { PanelServices } from '../panelServices.ts';
import type { SettingsDraftStore } from './draftStore.ts';
import type { SettingsSaver } from './settingsSaver.ts';

/** Dependencies of a details panel. */
export interface DetailsPanelOptions extends PanelServices {
  readonly actions: ServerActions;
  readonly changedServers: ChangedServers;
  readonly saver: SettingsSaver;
  readonly drafts: SettingsDraftStore;
  readonly profiles: Pick<SshProfiles, 'targetOf' | 'onDidChange'>;
  readonly planCatalog: PlanCatalog;
  readonly marks: MarksReader;
}

/** How a panel starts, and whom it informs. */
export interface DetailsPanelStart {
  readonly isPreview: boolean;
  /** A preview was kept, or the panel became active or inactive. */
  readonly onDidChange: () => void;
  /** The person closed the tab with unsaved changes. */
  readonly onDidCloseUnsaved: (name: string) => void;
}
