import { ok, type Result, refuse } from "@/lib/errors";
import type { StoredBranch, StoredLeaf, StoredNode, TreeEdit, TreeRefusal } from "../../schema/driver-tree";

const MOST_NODES = 60;

export const isStoredLeaf = (node: StoredNode): node is StoredLeaf => !("operation" in node);

/** What stands below a node; a stock's opening among it. */
export function partsOf(node: StoredNode): StoredNode[] {
  if (isStoredLeaf(node)) return [];
  if (node.operation !== "stock") return node.children;
  return [node.opening, node.inflow, node.growthRate, node.lossRate].filter((part) => part !== null);
}

export const nodesOf = (root: StoredNode): StoredNode[] => [root, ...partsOf(root).flatMap(nodesOf)];
export const leavesOf = (root: StoredNode): StoredLeaf[] => nodesOf(root).filter(isStoredLeaf);

/** The tree with the node of this id made anew; null takes it away. */
function replaced(root: StoredNode, id: string, by: (node: StoredNode) => StoredNode | null): StoredNode | null {
  if (root.id === id) return by(root);
  if (isStoredLeaf(root)) return root;
  if (root.operation === "stock") {
    const part = (node: StoredNode | null) => (node ? replaced(node, id, by) : null);
    const opening = replaced(root.opening, id, by);
    return {
      ...root,
      opening: opening && isStoredLeaf(opening) ? opening : root.opening,
      ...{ inflow: part(root.inflow), growthRate: part(root.growthRate), lossRate: part(root.lossRate) },
    };
  }
  const children = root.children.flatMap((child) => replaced(child, id, by) ?? []);
  const [only] = children;
  // What is left alone takes the place of the branch.
  return children.length === 1 && root.children.length > 1 && only ? only : { ...root, children };
}

const parentOf = (root: StoredNode, id: string): StoredNode | undefined =>
  nodesOf(root).find((node) => partsOf(node).some((part) => part.id === id));

/** The first free name of its kind, so that the same edits make the same tree. */
function freshIds(root: StoredNode): () => string {
  const used = new Set(nodesOf(root).map(({ id }) => id));
  let next = 1;
  return () => {
    while (used.has(`d${next}`)) next += 1;
    used.add(`d${next}`);
    return `d${next}`;
  };
}

const given = (id: string, { label, value }: { label: string; value: string }): StoredLeaf => ({
  ...{ id, label, value, monthlyGrowth: null, fact: null },
});

type Step = { root: StoredNode; node: StoredNode; fresh: () => string };
type Edited = Result<StoredNode, TreeRefusal>;

function setLeaf({ root, node }: Step, { value, monthlyGrowth }: Extract<TreeEdit, { kind: "set" }>): Edited {
  if (!isStoredLeaf(node)) return refuse("NOT_A_LEAF");
  if (value === null && node.fact === null) return refuse("NO_FACT");
  return done(replaced(root, node.id, () => ({ ...node, value, monthlyGrowth })));
}

const isOpening = (root: StoredNode, id: string): boolean => {
  const parent = parentOf(root, id);
  return parent !== undefined && !isStoredLeaf(parent) && parent.operation === "stock" && parent.opening.id === id;
};

function splitLeaf({ root, node, fresh }: Step, edit: Extract<TreeEdit, { kind: "split" }>): Edited {
  if (!isStoredLeaf(node) || isOpening(root, node.id)) return refuse("NOT_A_LEAF");
  if (edit.operation === "quotient" && edit.parts.length !== 2) return refuse("TWO_PARTS_ONLY");
  const children = edit.parts.map((part) => given(fresh(), part));
  return done(replaced(root, node.id, () => ({ id: node.id, label: node.label, operation: edit.operation, children })));
}

function addPart({ root, node, fresh }: Step, edit: Extract<TreeEdit, { kind: "add" }>): Edited {
  if (isStoredLeaf(node) || node.operation === "stock") return refuse("NOT_A_BRANCH");
  if (node.operation === "quotient") return refuse("TWO_PARTS_ONLY");
  const leaf = { ...given(fresh(), edit), monthlyGrowth: edit.monthlyGrowth };
  return done(replaced(root, node.id, () => ({ ...node, children: [...node.children, leaf] })));
}

function joinBeside({ root, node, fresh }: Step, edit: Extract<TreeEdit, { kind: "join" }>): Edited {
  if (isOpening(root, node.id)) return refuse("NOT_A_BRANCH");
  const branch: StoredBranch = {
    ...{ id: fresh(), label: edit.label, operation: edit.operation },
    children: [node, given(fresh(), edit.beside)],
  };
  return done(replaced(root, node.id, () => branch));
}

function removeNode({ root, node }: Step): Edited {
  const parent = parentOf(root, node.id);
  if (!parent || isOpening(root, node.id)) return refuse("ROOT");
  const alone = !isStoredLeaf(parent) && parent.operation !== "stock" && parent.children.length === 1;
  return alone ? refuse("ROOT") : done(replaced(root, node.id, () => null));
}

function done(root: StoredNode | null): Edited {
  if (!root) return refuse("ROOT");
  return nodesOf(root).length > MOST_NODES ? refuse("TOO_LARGE") : ok(root);
}

/** The tree after one change, or why it cannot be made. The tree that was given stays as it is. */
export function editTree(root: StoredNode, edit: TreeEdit): Edited {
  const node = nodesOf(root).find(({ id }) => id === edit.node);
  if (!node) return refuse("UNKNOWN_DRIVER");
  const step: Step = { root, node, fresh: freshIds(root) };
  switch (edit.kind) {
    case "rename":
      return done(replaced(root, node.id, (one) => ({ ...one, label: edit.label })));
    case "set":
      return setLeaf(step, edit);
    case "split":
      return splitLeaf(step, edit);
    case "add":
      return addPart(step, edit);
    case "join":
      return joinBeside(step, edit);
    case "remove":
      return removeNode(step);
  }
}
