import * as vscode from 'vscode';
import type { DisposableStore } from './core/event.ts';
import { lazy } from './core/lazy.ts';
import type { Log } from './host/log.ts';
import { MarkStore, marksKey } from './state/serverMarks.ts';
import type { Sessions } from './state/sessions.ts';

/** Creates the store of marks, which Settings Sync and other windows may change, and removes marks of servers that are gone. */
export function startMarks(
  app: DisposableStore,
  { globalState }: Pick<vscode.ExtensionContext, 'globalState'>,
  sessions: Sessions,
  log: Log,
): MarkStore {
  globalState.setKeysForSync([marksKey]);
  const marks = app.add(new MarkStore(globalState));
  app.add(vscode.window.onDidChangeWindowState(() => void marks.refresh()));
  const startCleaner = lazy(async () => {
    const { MarkCleaner } = await import('./state/markCleaner.ts');
    return app.add(new MarkCleaner(sessions, marks, (text) => log.warn(text)));
  });
  // Without marks there is nothing to remove.
  app.add(marks.onDidChange(() => void startCleaner()));
  void marks.refresh();
  return marks;
}
