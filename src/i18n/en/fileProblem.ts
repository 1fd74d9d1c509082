import type { FileProblem } from '../../domain/form/fileProblem';

/** Why an uploaded file can't be used, and what to do. */
export function fileProblem(problem: FileProblem): string {
  switch (problem.code) {
    case 'too_large':
      return `The file is too large (maximum ${Math.floor(problem.maxBytes / 1_000)} kB).`;
    case 'not_text':
      return 'The file is not plain text. Save it as UTF-8 text and upload it again.';
    case 'gone':
      return 'The file is no longer available. Please upload it again.';
    case 'not_allowed':
      return "Slack won't let Ferry read this file. Upload a file from your computer. If that fails, ask your Ferry admin to add the scope files:read and reinstall the app.";
    case 'unreachable':
      return "Ferry couldn't download the file from Slack. Please try again in a minute.";
    default:
      return problem satisfies never;
  }
}
