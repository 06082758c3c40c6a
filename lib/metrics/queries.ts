import "server-only";

export {
  getVenturePerformance,
  type TopCustomer,
  todayOf as venturesToday,
  type VenturePerformance,
} from "./queries/performance";
export {
  type Contradiction,
  listContradictions,
  listPointHistory,
  listSeries,
  type PointVersion,
  type StoredPoint,
  type StoredSeries,
} from "./queries/series";
export { listSnapshots, type SnapshotMeasure, type VentureSnapshotRow } from "./queries/snapshots";
