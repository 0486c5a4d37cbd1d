import type { Locator } from 'playwright-core';
import type {
  DetailsFromWebview,
  DetailsState,
  DetailsToWebview,
} from '../../../src/webviews/details/protocol.ts';
import { detailsMessage } from './states.ts';
import { useWebviews } from './webview.ts';
import type { Webview, WebviewOptions } from './webview.ts';

// Finds elements of the details page as people do, by role and name.

export type DetailsWebview = Webview<DetailsToWebview, DetailsFromWebview>;

/** For a `describe`: opens the page with a state. */
export function useDetailsPanel(): (
  changes?: Partial<DetailsState>,
  options?: WebviewOptions,
) => Promise<DetailsWebview> {
  const open = useWebviews();
  return async (changes = {}, options = {}) => {
    const webview = await open<DetailsToWebview, DetailsFromWebview>('details', options);
    await webview.send(detailsMessage(changes));
    return webview;
  };
}

export const button = ({ page }: DetailsWebview, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

export const field = ({ page }: DetailsWebview, name: string): Locator =>
  page.getByRole('textbox', { name, exact: true });

export const backups = ({ page }: DetailsWebview): Locator =>
  page.getByRole('checkbox', { name: 'Automatic backups' });

/** The messages of one type that the panel has posted. */
export async function sent(
  webview: DetailsWebview,
  type: DetailsFromWebview['type'],
): Promise<DetailsFromWebview[]> {
  return (await webview.posted()).filter((message) => message.type === type);
}
