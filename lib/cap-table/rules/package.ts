import type { z } from "zod";
import { manifestSchema, type OcfObject, type OcfProblem, objectSchemas, type Shape } from "../schema";

export type OcfFile = { name: string; text: string };

export type OcfPackage = {
  issuerName: string;
  asOf: string;
  version: string | null;
  objects: OcfObject[];
  problems: OcfProblem[];
};

/** Types of the format that say nothing about positions: kept, never a reason for alarm. */
const SILENT = new Set([
  "ISSUER",
  "VALUATION",
  "DOCUMENT",
  "FINANCING",
  "STOCK_LEGEND_TEMPLATE",
  "TX_ISSUER_AUTHORIZED_SHARES_ADJUSTMENT",
  "TX_STOCK_CLASS_AUTHORIZED_SHARES_ADJUSTMENT",
  "CE_STAKEHOLDER_RELATIONSHIP",
  "CE_STAKEHOLDER_STATUS",
]);

const SPECIAL: Readonly<Record<string, Shape>> = {
  STAKEHOLDER: "STAKEHOLDER",
  STOCK_CLASS: "STOCK_CLASS",
  STOCK_PLAN: "STOCK_PLAN",
  VESTING_TERMS: "VESTING_TERMS",
  TX_STOCK_CLASS_SPLIT: "SPLIT",
  TX_STOCK_CLASS_CONVERSION_RATIO_ADJUSTMENT: "RATIO_ADJUSTMENT",
  TX_STOCK_PLAN_POOL_ADJUSTMENT: "POOL_ADJUSTMENT",
  TX_STOCK_PLAN_RETURN_TO_POOL: "RETURN_TO_POOL",
  TX_VESTING_START: "VESTING_START",
  TX_VESTING_EVENT: "VESTING_EVENT",
  TX_VESTING_ACCELERATION: "VESTING_ACCELERATION",
};
const VERBS = [
  "TRANSFER",
  "CANCELLATION",
  "REPURCHASE",
  "RETRACTION",
  "CONVERSION",
  "EXERCISE",
  "RELEASE",
  "REISSUANCE",
  "CONSOLIDATION",
  "REPRICING",
  "ACCEPTANCE",
] as const;

/** TX_PLAN_SECURITY_* is what TX_EQUITY_COMPENSATION_* was called before version 1.1. */
export const currentType = (objectType: string): string =>
  objectType.replace(/^TX_PLAN_SECURITY_/, "TX_EQUITY_COMPENSATION_");

/** Which of our readings fits an object type; null for those that we do not read. */
export function shapeOf(objectType: string): Shape | null {
  const type = currentType(objectType);
  const special = SPECIAL[type];
  if (special) return special;
  const parts = /^TX_(STOCK|EQUITY_COMPENSATION|WARRANT|CONVERTIBLE)_([A-Z]+)$/.exec(type);
  if (!parts) return null;
  if (parts[2] === "ISSUANCE") return type as Shape;
  return VERBS.find((verb) => verb === parts[2]) ?? null;
}

const pathText = (path: readonly PropertyKey[]) =>
  path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");

export const placeOf = (object: Pick<OcfObject, "fileName" | "itemIndex">): string =>
  `${object.fileName}#items[${object.itemIndex}]`;

/** The object as our schema reads it, or what is wrong with it. */
export function readObject<S extends Shape>(
  object: OcfObject,
  shape: S,
): z.infer<(typeof objectSchemas)[S]> | OcfProblem[] {
  const read = objectSchemas[shape].safeParse(object.payload);
  if (read.success) return read.data as z.infer<(typeof objectSchemas)[S]>;
  return read.error.issues.map((issue) => ({
    path: `${placeOf(object)}${pathText(issue.path)}`,
    code: "invalid",
    message: issue.message,
  }));
}

function checkObject(object: OcfObject): OcfProblem[] {
  const shape = shapeOf(object.objectType);
  if (shape) {
    const read = readObject(object, shape);
    return Array.isArray(read) ? read : [];
  }
  if (SILENT.has(object.objectType)) return [];
  const message = `"${object.objectType}" is kept as it is, but not read`;
  return [{ path: placeOf(object), code: "unknown-type", message }];
}

const baseName = (name: string): string => name.split("/").at(-1) ?? name;
const asText = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectsOf(fileName: string, items: readonly unknown[], problems: OcfProblem[]): Omit<OcfObject, "position">[] {
  return items.flatMap((payload, itemIndex) => {
    const path = `${fileName}#items[${itemIndex}]`;
    const objectType = isRecord(payload) ? asText(payload.object_type) : null;
    if (!isRecord(payload) || !objectType) {
      problems.push({ path, code: "unreadable", message: "an object with an object_type was expected" });
      return [];
    }
    const date = asText(payload.date);
    const dated = date && /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : null;
    return [{ objectType, externalId: asText(payload.id) ?? "", date: dated, fileName, itemIndex, payload }];
  });
}

/**
 * Reads the files of a package, in any order. Null without exactly one manifest. Objects keep file order; one that
 * cannot be read is a problem with its path, never a failure of the whole.
 */
export function readPackage(files: readonly OcfFile[]): OcfPackage | null {
  const problems: OcfProblem[] = [];
  const manifests: z.infer<typeof manifestSchema>[] = [];
  const found: Omit<OcfObject, "position">[] = [];
  for (const { name, text } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const fileName = baseName(name);
    const content = parsed(text);
    const manifest = manifestSchema.safeParse(content);
    if (manifest.success) manifests.push(manifest.data);
    else if (isRecord(content) && Array.isArray(content.items))
      found.push(...objectsOf(fileName, content.items, problems));
    else
      problems.push({
        path: fileName,
        code: "unreadable",
        message: "no Open Cap Format file: a list of items was expected",
      });
  }
  const [manifest] = manifests;
  if (!manifest || manifests.length > 1) return null;
  const objects = found.map((object, position) => ({ ...object, position }));
  problems.push(...objects.flatMap(checkObject), ...duplicates(objects));
  return {
    issuerName: manifest.issuer.legal_name,
    asOf: manifest.as_of,
    version: manifest.ocf_version ?? null,
    objects,
    problems,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}

/** Two classes or holders with the same id: the second would silently replace the first. */
function duplicates(objects: readonly OcfObject[]): OcfProblem[] {
  const seen = new Set<string>();
  return objects.flatMap((object) => {
    if (object.objectType.startsWith("TX_") || object.externalId === "") return [];
    const key = `${object.objectType}:${object.externalId}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = `the id "${object.externalId}" is taken by an earlier ${object.objectType}`;
    return [{ path: `${placeOf(object)}.id`, code: "contradiction" as const, message }];
  });
}
