/**
 * What the plugin talks to while {@code make dist} trains its AOT cache: {@link
 * cloud.gardener.logging.training.TrainingPeersMain}, started by {@code scripts/train.sh}.
 */
package cloud.gardener.logging.training;
