import type { FileProblem } from '../../domain/form/fileProblem';

/** Why an uploaded file cannot be used, and what to do about it. */
export function fileProblem(problem: FileProblem): string {
  switch (problem.code) {
    case 'too_large':
      return `The file is too large: ${Math.floor(problem.maxBytes / 1_000)} kB at most.`;
    case 'not_text':
      return 'The file is not plain text. Save it as text in UTF-8 and upload it again.';
    case 'gone':
      return 'The file is not there any more. Please upload it again.';
    case 'not_allowed':
      return 'Slack does not let Ferry read this file. Upload a file from your computer; if that does not help, whoever runs Ferry must give it the scope files:read and install it again.';
    case 'unreachable':
      return 'Slack did not give Ferry the file. Please try again in a minute.';
    default:
      return problem satisfies never;
  }
}
