import assert from 'node:assert/strict';
import { webPanelOf } from '../../../src/core/webPanel.ts';

describe('webPanelOf', () => {
  const panelOf = (apiUrl: string) => webPanelOf({ kind: 'token', apiUrl });

  it('is the root of the origin of the API', () => {
    assert.equal(panelOf('https://admin.vps.org/api/v1'), 'https://admin.vps.org/');
    assert.equal(panelOf('https://panel.example.com:8443/x'), 'https://panel.example.com:8443/');
  });

  it('contains no credentials', () => {
    assert.equal(panelOf('https://jo:secret@admin.vps.org/api'), 'https://admin.vps.org/');
  });

  it('is missing without https, for other text and for sample servers', () => {
    assert.equal(panelOf('http://127.0.0.1:8080/api/v1'), undefined);
    assert.equal(panelOf('file:///etc/passwd'), undefined);
    assert.equal(panelOf(''), undefined);
    assert.equal(webPanelOf({ kind: 'sample', apiUrl: 'https://admin.vps.org/' }), undefined);
  });
});
