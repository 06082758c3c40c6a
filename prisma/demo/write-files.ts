/** `node --import ./scripts/resolve.mjs prisma/demo/write-files.ts [folder]`: the demo portfolio as files to import by hand. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildVenture } from "./portfolio";
import { demoRatesFile } from "./rates";
import { DEMO_VENTURES } from "./ventures";

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "../../.data/demo-files"));

const rates = demoRatesFile();
mkdirSync(root, { recursive: true });
writeFileSync(path.join(root, rates.name), rates.bytes);

for (const script of DEMO_VENTURES) {
  const { files, capTable, terms } = await buildVenture(script);
  const folder = path.join(root, script.venture.slug);
  mkdirSync(path.join(folder, "cap-table"), { recursive: true });
  for (const file of files) writeFileSync(path.join(folder, file.name), file.bytes);
  for (const file of capTable) writeFileSync(path.join(folder, "cap-table", file.name), file.text);
  writeFileSync(path.join(folder, "cap-table-terms.json"), `${JSON.stringify(terms, null, 2)}\n`);
  process.stdout.write(`${script.venture.name}: ${files.length + capTable.length + 1} files in ${folder}\n`);
}
