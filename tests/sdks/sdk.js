// Meta's Node.js SDK against the sandbox: create, list, look up, accept, and a 422.

const assert = require('node:assert');
const { Application, FacebookAdsApi } = require('facebook-nodejs-business-sdk');

Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => process.argv[2] });

async function main() {
  const api = FacebookAdsApi.init('any');
  const owner = new Application('1234567890123456');
  const request = {
    owner_permissions: ['MESSAGING'],
    partner_app_id: '9876543210987654',
    partner_permissions: [],
    solution_name: 'From Node.js',
  };

  const created = await owner.createWhatsAppBusinessSolution([], request);
  const solution = created.solution_id ?? created._data.solution_id;
  const listed = await owner.getWhatsAppBusinessSolutions([], { role: 'OWNER' });
  assert.ok(listed.some((one) => one.id === solution), 'it is in the list');

  const shown = await api.call('GET', [solution], { fields: 'status,owner_permissions' });
  assert.equal(shown.status, 'INITIATED');
  assert.ok(shown.owner_permissions.includes('MESSAGING'));
  const accepted = await api.call('POST', [solution, 'accept'], { partner_app_id: '9876543210987654' });
  assert.equal(accepted.success, true);
  assert.equal(accepted.partner_status, 'ACCEPTED');
  assert.equal((await api.call('GET', [solution], { fields: 'status' })).status, 'ACTIVE');

  await assert.rejects(
    owner.createWhatsAppBusinessSolution([], { ...request, owner_permissions: [] }),
    (error) => error.status === 422 && error.response.code === 100,
  );
  console.log('Node.js SDK: created, listed, looked up and accepted a solution, and met the 422');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
