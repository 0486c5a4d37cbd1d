import type * as vscode from 'vscode';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../host/log.ts';
import type { Messages } from '../host/messages.ts';
import type { Sessions } from '../state/sessions.ts';
import type { PanelVisibility } from './panelVisibility.ts';

/** Services that every panel needs. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly messages: Messages;
  readonly log: Log;
  readonly visibility: PanelVisibility;
}
