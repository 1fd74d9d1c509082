import { join } from 'node:path';
import { build } from 'esbuild';

/** The client's files by path. */
export type Bundle = ReadonlyMap<string, { readonly type: string; readonly content: Uint8Array }>;

/** Bundles the client in `folder` from `main.tsx`, `style.css` and `index.html`. */
export async function bundleClient(folder: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { main: join(folder, 'main.tsx'), style: join(folder, 'style.css') },
    outdir: folder,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfig: join(folder, 'tsconfig.json'),
    logLevel: 'error',
  });
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const name = path.slice(folder.length);
      const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
      return [name, { type: `${type}; charset=utf-8`, content: contents }];
    }),
  );
}
