/**
 * Profiles of the process: CPU time, heap and threads, each in two forms.
 *
 * <pre>
 *   CpuProfile, ClassHistogram, ThreadDump     take a profile
 *     text                                     for people
 *     StackProfile                             for go tool pprof: stacks with values, in the format of pprof
 * </pre>
 *
 * <p>Profiles show names of classes, methods and threads, and no data.
 */
package cloud.gardener.logging.metrics.profile;
