import './styles/base.css';
import './styles/controls.css';
import './details/details.css';
import './create/create.css';
import { startCreate } from './create/page.ts';
import { startDetails } from './details/page.ts';

// One script and one style sheet for both pages: most of what they are made of they share. The host says which one it is.

const pages = { details: startDetails, create: startCreate };

const root = document.getElementById('root');
const page = root?.dataset.page;
if (root && (page === 'details' || page === 'create')) {
  pages[page](root);
}
