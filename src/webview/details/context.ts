import type { DetailsDraft, DetailsFromWebview, DetailsTextKey } from '../../protocol/details.ts';
import type { Texts } from '../../protocol/texts.ts';

/** What the details page is given by what stands around it. */
export interface DetailsContext {
  readonly texts: Texts<DetailsTextKey>;
  /** What was typed before the page was hidden or the window reloaded. */
  readonly draft: DetailsDraft | undefined;
  readonly keepDraft: (draft: DetailsDraft | undefined) => void;
  readonly post: (message: DetailsFromWebview) => void;
}
