import { App } from '@slack/bolt';
import { dts } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts';
import type { CreateMigrateJobRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_models';

/**
 * The least app that does what Ferry is compared with: it opens the given view, acknowledges forms
 * and clicks, and makes the given call after a click. It checks, stores and posts nothing.
 */
const env = process.env;
const view = JSON.parse(env['BENCH_VIEW'] ?? '{}');
const parameters: CreateMigrateJobRequest = JSON.parse(env['BENCH_PARAMETERS'] ?? '{}');
const endpoint = new URL(env['TENCENTCLOUD_ENDPOINT'] ?? 'http://127.0.0.1');
const client = new dts.v20180330.Client({
  credential: {
    secretId: env['TENCENTCLOUD_SECRET_ID'] ?? '',
    secretKey: env['TENCENTCLOUD_SECRET_KEY'] ?? '',
  },
  region: env['TENCENTCLOUD_REGION'] ?? '',
  profile: { httpProfile: { protocol: 'http://', endpoint: endpoint.host } },
});

const isHttp = env['SLACK_APP_TOKEN'] === undefined;
const app = new App({
  token: env['SLACK_BOT_TOKEN'] ?? '',
  ...(isHttp
    ? { signingSecret: env['SLACK_SIGNING_SECRET'] ?? '' }
    : { socketMode: true, appToken: env['SLACK_APP_TOKEN'] ?? '' }),
  clientOptions: { slackApiUrl: env['SLACK_API_URL'] ?? '' },
});
app.command('/migrate', async ({ ack, body, client: slack }) => {
  await ack();
  await slack.views.open({ trigger_id: body.trigger_id, view });
});
app.view(/.*/, async ({ ack }) => {
  await ack();
});
app.action(/.*/, async ({ ack }) => {
  await ack();
  await client.CreateMigrateJob(parameters);
});
void app.start(Number(env['PORT'] ?? 0));
