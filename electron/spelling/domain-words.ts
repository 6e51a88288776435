/** As words are compared: however they are capitalised, whichever apostrophe, without a possessive. */
export const plainWord = (word: string): string =>
  word.toLowerCase().replaceAll('’', "'").replace(/'s?$/, '');

/** Words of this trade and its tools that a general dictionary of English does not have. */
const words = `
  anonymize anonymized anonymizing aov api apis arpu ascii auc autocomplete autosave autoscaling avro aws backfill
  backfilled backfilling backfills bayes bayesian bigquery bigram bool bouldin boxplot boxplots
  calinski catboost cdp centroid centroids changelog checkpointed classpath cli clv codebase codec codecs codemirror
  collinear config configs cpu crm crms cron crosstab crosstabs css csv customizable dashboarding databricks dataframe
  dataframes datalake datasheet datastore datatypes davies dbscan dbt ddl dedup deduplicate deduplicated
  deduplicates deduplicating deduplication dendrogram dendrograms denormalize denormalized deserialize dml docstring
  downsample downsampled downsampling dropdown duckdb ecommerce elasticsearch embeddings enum enums etl featurize
  filesystem fillna flink gaussian gb gcp gdpr geolocation gini github gitlab gmv gpu gradle grafana groupby gzip
  gzipped hadoop harabasz hashable hdbscan heatmap heatmaps heteroscedastic hostname html http https hubspot
  hyperparameter hyperparameters iam ide idempotence idempotency inlier inliers interpretability interquartile ipynb
  iso javascript json jupyter jupyterlab jwt kafka kb keyspace kmeans kpi kpis kubernetes kurtosis lakehouse
  leaderboard lifecycle lightgbm lookback lookups loopback ltv magento mahalanobis mailchimp mapreduce matplotlib mb
  medoid medoids metastore microsegment microsegments microservice microservices minhash mlops mongodb
  multicollinearity mysql namespace namespaces ndjson nps nullable numpy oauth olap oltp onboarding opex overfit
  overfits overfitting param params pareto pca pii plotly poisson polars postgres postgresql precompute
  precomputed preprocess preprocessed preprocessing pseudonymize pseudonymized pytest pytorch quantile quantiles
  quartile quartiles quintile quintiles rebalance rebalanced recency redis redshift regexes reindex repo repos rescale
  rescaled resegment resegmented resegmenting rfm roadmap roc roi runtimes salesforce scala scalable scatterplot
  scatterplots schemas scikit scipy scrollbar sdk seaborn segmentations semver serverless shap shopify signup signups
  skewness sklearn sku skus snowpark softmax sql sqlite ssl stacktrace stateful stderr stdout subqueries subquery
  subsample subsampled subsegment subsegments substring tensorflow terraform timeframe timeframes timezones tls
  tokenization tokenize tokenized tokenizer tooltip tooltips treemap tsne tsv twilio ui umap underfitting
  undersampling unicode univariate unnest unnested unsampled upsell upselling upsells upsert upserted upserts uri url
  urls utc utf uuid ux validator validators vectorize vectorized viewport wasm webhook webhooks whitespace
  winsorization winsorize winsorized winsorizing xgboost xml yaml zipf zod
`;

const known: ReadonlySet<string> = new Set(words.trim().split(/\s+/));

export const isDomainWord = (word: string): boolean => known.has(plainWord(word));
