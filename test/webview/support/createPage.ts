import type { Locator } from 'playwright-core';
import type {
  CreateFromWebview,
  CreateState,
  CreateToWebview,
} from '../../../src/webviews/create/protocol.ts';
import { createMessage } from './states.ts';
import { useWebviews } from './webview.ts';
import type { Webview } from './webview.ts';

// Finds elements of the create form as people do, by role and name.

export type CreateWebview = Webview<CreateToWebview, CreateFromWebview>;

/** For a `describe`: opens the form with a state. */
export function useCreateForm(): (changes?: Partial<CreateState>) => Promise<CreateWebview> {
  const open = useWebviews();
  return async (changes = {}) => {
    const webview = await open<CreateToWebview, CreateFromWebview>('create');
    await webview.send(createMessage(changes));
    return webview;
  };
}

export const button = ({ page }: CreateWebview, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

export const text = ({ page }: CreateWebview, name: string): Locator =>
  page.getByRole('textbox', { name, exact: true });

export const select = ({ page }: CreateWebview, name: string): Locator =>
  page.getByRole('combobox', { name, exact: true });

export const planGroup = ({ page }: CreateWebview): Locator =>
  page.getByRole('group', { name: 'Plan' });

export const plan = (webview: CreateWebview, name: string): Locator =>
  planGroup(webview).getByRole('radio', { name, exact: true });

export const alert = ({ page }: CreateWebview, words: string): Locator =>
  page.getByRole('alert').filter({ hasText: words });

/** The messages of one type that the form has posted. */
export async function sent(
  webview: CreateWebview,
  type: CreateFromWebview['type'],
): Promise<CreateFromWebview[]> {
  return (await webview.posted()).filter((message) => message.type === type);
}
