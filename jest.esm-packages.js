// Jest on Node 20 cannot require() ES modules: finds the installed packages that ship only those,
// so that SWC compiles exactly them to CommonJS. Jest caches the result.
const fs = require('node:fs');
const path = require('node:path');

function scan(dir, found) {
  if (!fs.existsSync(dir)) return found;
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === '.bin' || entry.name === '.cache') continue;
    const folder = path.join(dir, entry.name);
    if (entry.name.startsWith('@')) {
      scan(folder, found);
      continue;
    }
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest)) {
      const { type, name } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
      if (type === 'module' && name) found.add(name);
    }
    scan(path.join(folder, 'node_modules'), found);
  }
  return found;
}

module.exports = function ignorePatterns(root) {
  const names = [...scan(path.join(root, 'node_modules'), new Set())].sort();
  const alternatives = names.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');
  return [`/node_modules/(?!(?:.*/node_modules/)?(?:${alternatives})/).*\\.js$`, '/node_modules/.*\\.cjs$'];
};
