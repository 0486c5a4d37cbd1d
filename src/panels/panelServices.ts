import type * as vscode from 'vscode';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../host/log.ts';
import type { Messages } from '../host/messages.ts';
import type { Sessions } from '../state/sessions.ts';
import type { PanelWatch } from './panelWatch.ts';

/** What every panel is made of; put together in `app.ts`. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly messages: Messages;
  readonly log: Log;
  readonly watch: PanelWatch;
}
