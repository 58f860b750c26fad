/**
 * Severity: from a level's number or name ({@link cloud.gardener.logging.otlp.severity.Severity}, {@link
 * cloud.gardener.logging.otlp.severity.SeverityTable}), and from the text of a line ({@link
 * cloud.gardener.logging.otlp.severity.TextLevel}).
 */
package cloud.gardener.logging.otlp.severity;
