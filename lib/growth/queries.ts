import "server-only";

export { getVentureLevers, isLeverMethod, recomputeLeverFigure, type VentureLevers } from "./queries/levers/levers";
