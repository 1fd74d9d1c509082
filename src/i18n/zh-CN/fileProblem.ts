import type { FileProblem } from '../../domain/form/fileProblem';

/** Why an uploaded file cannot be used, and what to do about it. */
export function fileProblem(problem: FileProblem): string {
  switch (problem.code) {
    case 'too_large':
      return `文件过大，最大 ${Math.floor(problem.maxBytes / 1_000)} kB。`;
    case 'not_text':
      return '文件不是纯文本。请存为 UTF-8 编码的文本文件后重新上传。';
    case 'gone':
      return '文件已不存在，请重新上传。';
    case 'not_allowed':
      return 'Slack 不允许 Ferry 读取此文件。请上传本机文件；如仍不行，请 Ferry 的管理员添加 files:read 权限并重新安装应用。';
    case 'unreachable':
      return 'Ferry 未能从 Slack 获取文件，请稍后再试。';
    default:
      return problem satisfies never;
  }
}
