import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Files that a domain may hold; `rules/`, `queries/`, `mutations/` are the same thing split by topic. */
const KINDS = ["schema", "rules", "queries", "mutations", "actions", "tools"] as const;
type Kind = (typeof KINDS)[number];

const DOMAINS = [
  "ventures",
  "customers",
  "imports",
  "metrics",
  "cap-table",
  "growth",
  "experiments",
  "market",
  "valuation",
  "readiness",
  "buyers",
  "data-room",
  "deals",
  "documents",
  "closing",
  "distribution",
  "ledger",
  "payments",
  "decisions",
  "stage",
  "governance",
  "reports",
  "figures",
  "audit",
];
const OTHER_ROOMS = ["agents", "auth", "workflows", "integrations", "generated"];
const KERNEL = ["db", "env", "errors", "clock", "money", "logger", "format", "error-sentences", "architecture"];

type Source = { file: string; text: string; imports: string[] };

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : walk(full);
    return /\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

/** Imports as paths from the root without ending; packages as they are. `import type` counts apart. */
function read(file: string): Source {
  const text = readFileSync(file, "utf8");
  const imports = [...text.matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm)].map(
    (match) => match[1] ?? "",
  );
  const dynamic = [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map((match) => match[1] ?? "");
  const absolute = [...imports, ...dynamic].map((name) => {
    if (name.startsWith("@/")) return name.slice(2).replace(/\.tsx?$/, "");
    if (name.startsWith(".")) return path.relative(ROOT, path.resolve(path.dirname(file), name)).replace(/\.tsx?$/, "");
    return name;
  });
  return { file: path.relative(ROOT, file), text, imports: absolute };
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.includes("/test-support/");
const all = ["app", "components", "lib"].flatMap((room) => walk(path.join(ROOT, room))).map(read);
const sources = all.filter((source) => !isTest(source.file));

function kindOf(name: string): { domain: string; kind: Kind } | null {
  const [room, domain, rest] = name.replace(/\.tsx?$/, "").split("/");
  const kind = KINDS.find((known) => rest === known);
  return room === "lib" && domain && DOMAINS.includes(domain) && kind ? { domain, kind } : null;
}

const ofKind = (kind: Kind) => sources.filter((source) => kindOf(source.file)?.kind === kind);

function offenders(files: readonly Source[], forbidden: (name: string, source: Source) => boolean): string[] {
  return files.flatMap((source) =>
    source.imports.filter((name) => forbidden(name, source)).map((name) => `${source.file} imports ${name}`),
  );
}

const isDatabase = (name: string) =>
  name === "lib/db" || name.startsWith("lib/generated/prisma") || name === "pg" || name.startsWith("@prisma/");
const isFramework = (name: string) => /^(next|react|react-dom)(\/|$)/.test(name);

describe("rooms", () => {
  test("lib holds only the known rooms", () => {
    const names = readdirSync(path.join(ROOT, "lib"), { withFileTypes: true });
    const unknown = names.filter((entry) => entry.isDirectory() && ![...DOMAINS, ...OTHER_ROOMS].includes(entry.name));
    expect(unknown.map((entry) => entry.name)).toEqual([]);
    const loose = names.filter(
      (entry) => entry.isFile() && !KERNEL.includes(entry.name.replace(/((\.db)?\.test)?\.tsx?$/, "")),
    );
    expect(loose.map((entry) => entry.name)).toEqual([]);
  });

  test("a domain holds the closed set of files", () => {
    const strange = sources.filter(({ file }) => {
      const [room, domain] = file.split("/");
      return room === "lib" && domain && DOMAINS.includes(domain) && !kindOf(file);
    });
    expect(strange.map((source) => source.file)).toEqual([]);
  });

  test("app reaches neither the database nor arithmetic", () => {
    const app = sources.filter(({ file }) => file.startsWith("app/"));
    expect(
      offenders(
        app,
        (name) => isDatabase(name) || kindOf(name)?.kind === "rules" || kindOf(name)?.kind === "mutations",
      ),
    ).toEqual([]);
  });

  test("components reach neither mutations nor the database nor settings", () => {
    const components = sources.filter(({ file }) => file.startsWith("components/"));
    const forbidden = (name: string) => isDatabase(name) || name === "lib/env" || kindOf(name)?.kind === "mutations";
    expect(offenders(components, forbidden)).toEqual([]);
    const client = components.filter(({ text }) => text.startsWith('"use client"'));
    expect(offenders(client, (name) => kindOf(name)?.kind === "queries")).toEqual([]);
  });

  test("schema and rules are pure", () => {
    const pure = [...ofKind("schema"), ...ofKind("rules")];
    const forbidden = (name: string) => {
      if (isDatabase(name) || isFramework(name) || ["lib/env", "lib/clock", "lib/logger"].includes(name)) return true;
      if (!name.startsWith("lib/")) return false;
      const target = kindOf(name);
      return target
        ? !["schema", "rules"].includes(target.kind)
        : !["lib/money", "lib/errors", "lib/agents/schema"].includes(name);
    };
    expect(offenders(pure, forbidden)).toEqual([]);
    const impure = pure.filter(({ text }) =>
      /\bMath\.random\(|\bDate\.now\(|\bnew Date\(\)|\basync\b|\bprocess\.env\b/.test(text),
    );
    expect(impure.map((source) => source.file)).toEqual([]);
  });

  test("queries and mutations know no request and no agent", () => {
    const forbidden = (name: string) =>
      isFramework(name) || name.startsWith("lib/auth/session") || name.startsWith("lib/agents/");
    expect(
      offenders(
        [...ofKind("queries"), ...ofKind("mutations")].filter(({ file }) => !file.startsWith("lib/auth")),
        forbidden,
      ),
    ).toEqual([]);
  });

  test("actions hold one statement: no database, no rules", () => {
    expect(offenders(ofKind("actions"), (name) => isDatabase(name) || kindOf(name)?.kind === "rules")).toEqual([]);
  });

  test("tools write nothing but proposals", () => {
    const writes = offenders(ofKind("tools"), (name) => kindOf(name)?.kind === "mutations" || isDatabase(name));
    expect(writes.filter((line) => !line.endsWith("lib/decisions/mutations/proposals"))).toEqual([]);
  });

  test("agents reach neither the database nor mutations", () => {
    const agents = sources.filter(
      ({ file }) =>
        file.startsWith("lib/agents/") &&
        kindOf(file) === null &&
        !/lib\/agents\/(queries|mutations|actions)/.test(file),
    );
    expect(offenders(agents, (name) => isDatabase(name) || kindOf(name)?.kind === "mutations")).toEqual([]);
  });

  test("only the workflows know DBOS", () => {
    const outside = sources.filter(({ file }) => !file.startsWith("lib/workflows/"));
    expect(offenders(outside, (name) => name.startsWith("@dbos-inc/"))).toEqual([]);
  });

  test("actors are minted by proof only", () => {
    const minters = sources.filter(
      ({ file, text }) => text.includes("mintActor(") && !/^lib\/(auth|workflows)\//.test(file),
    );
    expect(minters.map((source) => source.file)).toEqual([]);
  });

  test('every "use server" export is a defineAction', () => {
    const bare = sources
      .filter(({ text }) => text.includes('"use server"'))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/^export (?!type\b)(.*)$/gm)].map((match) => ({ file, line: match[1] ?? "" })),
      )
      .filter(
        ({ line }) => !/^const \w+ = define(Action|PublicAction|GuestAction|DoorAction|HolderAction)[(<]/.test(line),
      );
    expect(bare).toEqual([]);
  });
});

describe("manner", () => {
  test("no import cycles", () => {
    const graph = new Map(sources.map((source) => [source.file.replace(/\.tsx?$/, ""), source.imports]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (node: string, trail: string[]) => {
      if (trail.includes(node)) return void cycles.push([...trail.slice(trail.indexOf(node)), node].join(" → "));
      if (done.has(node)) return;
      for (const next of graph.get(node) ?? []) if (graph.has(next)) visit(next, [...trail, node]);
      done.add(node);
    };
    for (const node of graph.keys()) visit(node, []);
    expect(cycles).toEqual([]);
  });

  test("no file grows past 400 lines", () => {
    const long = all.filter(({ text }) => text.split("\n").length > 400);
    expect(long.map((source) => source.file)).toEqual([]);
  });

  test("no name that explains nothing", () => {
    const empty = all.filter(({ file }) =>
      /(^|\/)(utils?|helpers?|misc|common|services?|managers?|index)(\/|\.tsx?$)/.test(file),
    );
    expect(empty.map((source) => source.file)).toEqual([]);
  });

  test("no test that cannot fail, no type switched off", () => {
    const marks =
      /\.(only|skip|fixme|todo)\(|expect\((true|1)\)|waitForTimeout|@ts-(ignore|nocheck)|\bas any\b|: any\b/;
    const found = all.filter(({ file, text }) => file !== "lib/architecture.test.ts" && marks.test(text));
    expect(found.map((source) => source.file)).toEqual([]);
  });

  test("a test that launches the engine has a process of its own", () => {
    // As vitest.config.ts shares them out: the others run in one process, one after the other.
    const shared = all.filter(
      ({ file, text }) =>
        /\blaunchEngine\(\)/.test(text) && /\.test\.ts$/.test(file) && !/^lib\/(workflows|stage|agents)\//.test(file),
    );
    expect(shared.map((source) => source.file)).toEqual([]);
  });

  test("the top level is what the user fixed", () => {
    for (const name of [
      "package.json",
      "tsconfig.json",
      "next.config.ts",
      "app",
      "components",
      "lib",
      "prisma",
      "e2e",
      "README.md",
    ]) {
      expect(existsSync(path.join(ROOT, name)), name).toBe(true);
    }
  });
});
