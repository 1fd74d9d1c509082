import type { FileProblem } from '../../domain/form/fileProblem';

/** Why an uploaded file can't be used, and what to do. */
export function fileProblem(problem: FileProblem): string {
  switch (problem.code) {
    case 'too_large':
      return `文件过大，最大为 ${Math.floor(problem.maxBytes / 1_000)} kB。`;
    case 'not_text':
      return '文件不是纯文本。请另存为 UTF-8 编码的文本文件后重新上传。';
    case 'gone':
      return '文件已不存在，请重新上传。';
    case 'not_allowed':
      return 'Ferry 无权读取此文件。请从本机上传；如仍失败，请 Ferry 管理员添加 files:read 权限并重新安装应用。';
    case 'unreachable':
      return '暂时无法从 Slack 获取文件，请稍后重试。';
    default:
      return problem satisfies never;
  }
}
