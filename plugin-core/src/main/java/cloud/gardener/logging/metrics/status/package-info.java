/**
 * The page for people, in three forms.
 *
 * <pre>
 *   StatusQuery      what the reader asks for: form, search, a route to explain
 *   StatusReport     a snapshot of the process, with a TargetStatus for each target, trouble first
 *     StatusHtml     a web page, from status.html: TargetRow, Plot (a target's traffic), Html (escapes)
 *     StatusText       plain text
 *     StatusJson       JSON
 * </pre>
 *
 * <p>A snapshot takes a few objects per target; the forms are streamed. Names and error texts come from elsewhere: each
 * form shows them as text.
 */
package cloud.gardener.logging.metrics.status;
