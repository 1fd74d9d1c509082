/** A running compiler that checks whether a file still compiles with another text. */
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const ts = require('typescript');

/** A change may leave unused names or unreachable code, which a person would clean up. */
const untidy = new Set([6133, 6192, 6196, 6198, 7027]);

function createCompiler(root) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    { ...config, include: ['src', 'handlers', 'views'] },
    ts.sys,
    root,
  );
  const changed = new Map();
  let copies = [];
  const versions = new Map();
  const snapshots = new Map();
  const service = ts.createLanguageService(
    {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...fileNames, ...copies],
      getScriptVersion: (path) => String(versions.get(path) ?? 0),
      getScriptSnapshot(path) {
        const version = versions.get(path) ?? 0;
        const known = snapshots.get(path);
        if (known?.version === version) return known.snapshot;
        const text = changed.get(path) ?? ts.sys.readFile(path);
        const snapshot = text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
        snapshots.set(path, { version, snapshot });
        return snapshot;
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (path) => changed.has(path) || ts.sys.fileExists(path),
      readFile: (path) => changed.get(path) ?? ts.sys.readFile(path),
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    },
    ts.createDocumentRegistry(),
  );

  const compiles = (path) =>
    service.getSyntacticDiagnostics(path).length === 0 &&
    service.getSemanticDiagnostics(path).every(({ code }) => untidy.has(code));

  const set = (path, text) => {
    if (text === undefined) changed.delete(path);
    else changed.set(path, text);
    versions.set(path, (versions.get(path) ?? 0) + 1);
  };

  const importers = new Map();
  for (const path of fileNames) {
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const imported = `${join(dirname(path), from)}.ts`;
      importers.set(imported, [...(importers.get(imported) ?? []), path]);
    }
  }

  /** Whether an unchanged copy of a file compiles. A class with private members may not equal its copy. */
  const copyable = new Map();

  return {
    /**
     * Which of these changes leave their file compiling. Each is checked in a copy of its file, all of
     * them by one checker, because a new one takes seconds to learn the types of the libraries.
     */
    acceptsEach(changes) {
      const bases = [...new Set(changes.map(({ file }) => file))]
        .filter((file) => !copyable.has(file))
        .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
      const checked = [...bases, ...changes].map(({ file, text }, index) => {
        const path = join(root, file.replace(/\.ts$/, `.copy${index}.ts`));
        set(path, text);
        return path;
      });
      copies = checked;
      const accepted = checked.map(compiles);
      copies = [];
      for (const path of checked) set(path, undefined);
      for (const [index, { file }] of bases.entries()) copyable.set(file, accepted[index]);
      return changes.map(({ file, text }, index) =>
        copyable.get(file)
          ? accepted[bases.length + index]
          : this.accepts(file, text, { importersToo: false }),
      );
    },
    /**
     * True if the file compiles with this text, and with `importersToo` also the files that import
     * it.
     */
    accepts(file, text, { importersToo }) {
      const path = join(root, file);
      set(path, text);
      const accepted =
        compiles(path) && (!importersToo || (importers.get(path) ?? []).every(compiles));
      set(path, undefined);
      return accepted;
    },
  };
}

module.exports = { createCompiler };
