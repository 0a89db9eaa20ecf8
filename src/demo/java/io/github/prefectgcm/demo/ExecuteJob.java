package io.github.prefectgcm.demo;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/** The job as a process sees it: one execution, returning its exit code. */
interface ExecuteJob {
  int run(Map<String, String> environment, InstantSource clock, PrintStream out, PrintStream err);
}
