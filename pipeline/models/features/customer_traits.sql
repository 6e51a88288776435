/* model
name: features.customer_traits
grain: one row per customer with at least one purchase
description: What customers say of themselves, as it was last observed; missing where nobody said it. A view.
materialize: view
*/
select f.customer_id, c.age, c.income
from features.customer_features f
join silver.customers c on c.customer_id = f.customer_id
