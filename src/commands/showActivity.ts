import type { CommandContext } from '../host/commandContext.ts';

/** Show Activity: what was done from this editor and what changed elsewhere, newest first. */
export async function showActivity({ activity }: CommandContext): Promise<void> {
  await (await activity()).show();
}
