import fc from "fast-check";

// One seed for everyone, so that a red run is about the change and not about luck. FC_SEED=<number> explores others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_122) });
